import pytest

from alerts.reading.lexicon import Hit, Hits, Lexicon, LexiconError
from alerts.reading.rules import event_rules, rules_for
from alerts.reading.text import flatten


def found(lists: dict[str, dict[str, list[str]]], text: str, language: str = "fr") -> set[str]:
    flat = flatten(text)
    return {flat[hit.start : hit.end] for hit in Lexicon(lists, "test").find(flat, language)}


def test_accents_case_and_hyphens_make_no_difference():
    assert found({"x": {"fr": ["camion-citerne brûlé"]}}, "CAMION CITERNE BRULE") == {"camion citerne brule"}


def test_only_a_star_lets_a_word_go_on():
    lists = {"x": {"fr": ["pont", "inond*"]}}
    assert found(lists, "pontons, inondations") == {"inondations"}


def test_a_language_uses_its_own_list_and_an_unknown_one_all():
    lists = {"x": {"fr": ["car"], "en": ["coach"]}}
    assert found(lists, "car coach", "en") == {"coach"}
    assert found(lists, "car coach", "und") == {"car", "coach"}


def test_nothing_within_a_mask_is_a_hit():
    hits = Hits([Hit(0, 14, "mask"), Hit(9, 14, "attack"), Hit(20, 26, "attack")])
    assert [hit.start for hit in hits.of("attack")] == [20]


def test_any_list_named_after_the_mask_hides_words_but_not_a_longer_phrase():
    hits = Hits([Hit(0, 8, "mask_obstacles"), Hit(0, 8, "accident"), Hit(0, 14, "accident"), Hit(9, 14, "truck")])
    assert [(hit.start, hit.end) for hit in hits.of("accident")] == [(0, 14)]
    assert hits.tags == {"mask_obstacles", "accident", "truck"}


@pytest.mark.parametrize("entry", ["", " ", "*", " pont", "po*nt", 7])
def test_a_wrong_entry_is_refused_with_its_place(entry: object):
    with pytest.raises(LexiconError, match=r"test\.toml \[x\] fr"):
        Lexicon({"x": {"fr": [entry]}}, "test")


def test_every_rule_of_the_shipped_file_is_sound():
    assert {rule.type for rule in event_rules()} >= {"attack_on_convoy", "fuel_shortage", "bridge_out"}


def test_only_rules_whose_ideas_all_stand_in_a_text_are_looked_at_in_their_order():
    assert rules_for({"fuel", "bus"}) == []
    found_rules = rules_for({"bridge", "broken", "fuel", "shortage"})
    assert {rule.type for rule in found_rules} == {"bridge_out", "fuel_shortage"}
    assert [rule.rank for rule in found_rules] == sorted(rule.rank for rule in found_rules)


def test_a_mask_hides_nothing_from_a_list_that_is_sure():
    hits = Hits([Hit(0, 20, "mask"), Hit(0, 8, "vehicle"), Hit(0, 20, "sure_vehicle_taken")])
    assert hits.tags == {"mask", "sure_vehicle_taken"}
