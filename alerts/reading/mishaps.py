"""Who was killed by a bus that overturned, not by armed men? English "killing twelve" is said of both."""

import re

from alerts.reading.lexicon import Hit, Hits
from alerts.reading.text import Sentence, Text

_MISHAPS = ("accident", "shipwreck", "boat_mishap", "ravine", "flood", "collapse_of_houses")
_KILLS = re.compile(r"kill(?:s|ing)?|killed (?!by\b)[a-z]+(?: [a-z]+)?")


def without_deadly_mishaps(text: Text, hits: Hits) -> Hits:
    """`hits`, words of killing left out where a mishap is told beside them, and neither attackers nor arms are."""
    attacks = hits.of("attack")
    left = [hit for hit in attacks if not _is_of_a_mishap(text, hits, hit)]
    return hits.replaced({"attack": left}) if len(left) < len(attacks) else hits


def _is_of_a_mishap(text: Text, hits: Hits, hit: Hit) -> bool:
    if not _only_kills(text, hit):
        return False
    sentence = text.sentence_at(hit.start)
    return _tells_a_mishap(hits, sentence) and not _tells_of_arms(text, hits, sentence)


def _tells_a_mishap(hits: Hits, sentence: Sentence) -> bool:
    return any(hits.has(tag, sentence.start, sentence.end) for tag in _MISHAPS)


def _tells_of_arms(text: Text, hits: Hits, sentence: Sentence) -> bool:
    if any(hits.has(tag, sentence.start, sentence.end) for tag in ("armed_actor", "ied", "mine", "blast", "gunfire")):
        return True
    return any(not _only_kills(text, hit) for hit in hits.of("attack", sentence.start, sentence.end))


def _only_kills(text: Text, hit: Hit) -> bool:
    return _KILLS.fullmatch(text.flat, hit.start, hit.end) is not None
