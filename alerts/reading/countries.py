"""Does a sentence speak of Mali, or of another country?

Other countries are known by the words of countries.toml, by the names that Unicode's CLDR has for them (through
Babel), and by their larger towns.
"""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from babel import Locale

from alerts.reading.index import HOME
from alerts.reading.lexicon import LANGUAGES, Hit, Hits, Lexicon, load
from alerts.reading.sites import UNLISTED, Site
from alerts.reading.text import Sentence, Text, flatten

TOWN = "town_abroad"
_WORDS = load("countries")
# Words of other senses (a first name, a river), or told apart in countries.toml with more care.
_NOT_BY_NAME = frozenset({"ML", "NE", "DM", "MU", "JE", "TG"})
_CODE = 2


def _lists() -> dict[str, Mapping[str, Sequence[str]]]:
    """The word lists of countries.toml, with every other country's name and larger towns."""
    known = {flatten(word) for lists in _WORDS.values() for words in lists.values() for word in words}
    further = {
        language: [
            name
            for code, name in Locale(language).territories.items()
            if len(code) == _CODE and code.isalpha() and code not in _NOT_BY_NAME and flatten(name) not in known
        ]
        for language in LANGUAGES
    }
    elsewhere = {language: [*_WORDS["elsewhere"][language], *further[language]] for language in LANGUAGES}
    return {**_WORDS, "elsewhere": elsewhere, TOWN: {"any": [town for town in _towns() if flatten(town) not in known]}}


def _towns() -> list[str]:
    with files("alerts.reading").joinpath("data", "towns_abroad.csv").open(encoding="utf-8") as lines:
        return [row["name"] for row in csv.DictReader(lines)]


WORDS = Lexicon(_lists(), "countries")
_BESIDE = 26
_HEADING = 3  # characters, a sign or a blank, before a heading
_COLON = re.compile(r"(?: faso)? ?:")
_MALIANS = re.compile(r"Mali(?:ens?|ennes?|ans)\b")  # with a capital: people, in French
_OWNED = ("people", "transport_people", "army", "sahel", "truck", "vehicle", "bus", "tanker")
_ABROAD = tuple(sorted(WORDS.tags - {"mali", "sahel", "not_mali", "beside"}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What speaks for Mali and for abroad in one stretch of text: words, and places of the atlas."""

    mali: int
    abroad: int
    malian_places: int
    foreign_places: int

    @property
    def is_mali(self) -> bool:
        """A Malian place decides; else the country named more often, and Mali if there is a tie."""
        if self.malian_places:
            return self.malian_places >= self.foreign_places or self.mali > 0
        return self.mali > 0 and self.mali >= self.abroad

    @property
    def is_abroad(self) -> bool:
        """Another country, and nothing of Mali weighs more."""
        return not self.is_mali and self.abroad + self.foreign_places > 0


def signs(hits: Hits, sites: Sequence[Site], start: int, end: int) -> Signs:
    """The signs within [start, end) of the flat text."""
    inside = [site for site in sites if start <= site.start < end]
    return Signs(
        mali=mali_words(hits, start, end),
        abroad=sum(_stands_for_itself(hits, hit) for tag in _ABROAD for hit in hits.of(tag, start, end)),
        malian_places=sum(site.country == HOME and site.kind != UNLISTED for site in inside),
        foreign_places=sum(site.country != HOME for site in inside),
    )


def towns_abroad(text: Text, hits: Hits, sites: Sequence[Site]) -> list[Hit]:
    """The hits of towns abroad that are names here, and not those of places the atlas knows."""
    taken = [(site.start, site.end) for site in sites]
    return [
        hit
        for hit in hits.of(TOWN)
        if text.plain[hit.start].isupper() and not any(start < hit.end and hit.start < end for start, end in taken)
    ]


def _stands_for_itself(hits: Hits, country: Hit) -> bool:
    """Whether a country is named as where it happens, not as what lies near ("near the border with Burkina Faso")."""
    if hits.has("border", country.end + 1, country.end + 2):
        return False
    before = hits.last_before("beside", max(0, country.start - _BESIDE), country.start)
    return before is None or country.start - before.end > 1


def names_only_people(hits: Hits, start: int, end: int) -> bool:
    """Whether other countries are only named as those people are from ("Togolese peacekeepers")."""
    return all(_is_of_people(hits, hit) for tag in _ABROAD for hit in hits.of(tag, start, end))


def names_only_malians(text: Text, hits: Hits, start: int, end: int) -> bool:
    """Whether of Mali only people or lorries are named ("a Malian truck", "three Malians")."""
    return all(_is_of_people(hits, hit) or _MALIANS.match(text.plain, hit.start) for hit in hits.of("mali", start, end))


def _is_of_people(hits: Hits, country: Hit) -> bool:
    """Whether people or lorries stand right before the word ("soldats togolais"), or right after it."""
    near = (hit for tag in _OWNED for hit in hits.of(tag, max(0, country.start - _BESIDE), country.end + 2))
    return any(country.start == hit.end + 1 or hit.start == country.end + 1 for hit in near)


def mali_words(hits: Hits, start: int = 0, end: int = 1 << 30) -> int:
    """How often Mali itself is named, borders seen from the other side left out."""
    outside = hits.of("not_mali", start, end)
    return sum(not any(it.start <= hit.start < it.end for it in outside) for hit in hits.of("mali", start, end))


def may_be_mali(hits: Hits) -> bool:
    """Whether a text names Mali, or speaks of the Sahel's war and of no other country."""
    return mali_words(hits) > 0 or (hits.has("sahel") and not any(hits.has(tag) for tag in _ABROAD))


def names_abroad(text: Text, hits: Hits) -> bool:
    """Whether a text names another country, or a larger town there, whatever it names of Mali."""
    return any(tag != TOWN or text.plain[hit.start].isupper() for tag in _ABROAD for hit in hits.of(tag))


def abroad_named(hits: Hits) -> str:
    """The country an item names most, for saying why it is left out."""
    return max(_ABROAD, key=lambda tag: len(hits.of(tag)))


def is_headed_abroad(text: Text, hits: Hits) -> bool:
    """Whether the title begins with another country and a colon ("Mauritanie : deux camions se percutent")."""
    heads = (hit for tag in _ABROAD for hit in hits.of(tag, 0, _HEADING))
    return any(_COLON.match(text.flat, hit.end) or text.flat[hit.end - 1] == ":" for hit in heads)


def sentence_signs(hits: Hits, sites: Sequence[Site], sentence: Sentence) -> Signs:
    """The signs of one sentence."""
    return signs(hits, sites, sentence.start, sentence.end)


def whole_signs(text: Text, hits: Hits, sites: Sequence[Site]) -> Signs:
    """The signs of title and summary."""
    return signs(hits, sites, 0, len(text.flat))
