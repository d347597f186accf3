"""Where in its sentence does a place name stand, and which words of a cue end right before it?"""

import re
from dataclasses import dataclass
from enum import StrEnum

from alerts.reading.lexicon import Hit, Hits
from alerts.reading.sites import Site
from alerts.reading.text import Text


class Cue(StrEnum):
    """How a place name stands in its sentence, the most exact first."""

    AT = "at"
    NEAR = "near"
    BETWEEN = "between"
    BARE = "bare"
    AXIS = "axis"
    ROAD_TO = "road_to"
    DISTANCE = "distance"
    REGION = "region"
    MENTION = "mention"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cued:
    """A place name with its cue; `why` are the words the cue comes from."""

    site: Site
    cue: Cue
    why: str
    pair: int | None = None


MENTIONS = (
    "mention_origin",
    "mention_destination",
    "mention_care",
    "mention_speaker",
    "mention_person",
    "mention_other_event",
)
_TAGS = ("at", "near", "between", "axis", "road_to", "distance", "region", *MENTIONS)
_FILLER = re.compile(
    r"(?: |\"|l|la|le|les|the|de|d|du|des|a|au|ville|city|town|village|localite|commune|hameau|hamlet|cite|of|route|"
    r"malienne?|malian|nearby|mining|miniere?|weekly|hebdomadaire|market|garrison|frontaliere?|frontier|fishing|trading|rurale?|small|petite?|"
    r"besieged|northern|southern|central|eastern|western|capital|capitale|region|regional)*$",
)
WINDOW = 56


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place name in its text, with the one before it, already read, and the one after."""

    text: Text
    hits: Hits
    site: Site
    previous: Cued | None
    following: Site | None

    def cued(self, cue: Cue, start: int, end: int, pair: int | None = None) -> Cued:
        """The name with `cue`, which stands at [start, end)."""
        return Cued(site=self.site, cue=cue, why=_quote(self.text, start, end), pair=pair)


def _quote(text: Text, start: int, end: int) -> str:
    return text.plain[max(0, start) : end].strip()


def cue_before(flat: str, hits: Hits, site: Site | Hit) -> Hit | None:
    """The cue that ends last before the name, the longest of those; nothing but small words may stand between."""
    best: Hit | None = None
    for tag in _TAGS:
        for hit in hits.of(tag, max(0, site.start - WINDOW), site.start):
            if hit.end > site.start or not _FILLER.fullmatch(flat[hit.end : site.start]):
                continue
            if best is None or (hit.end, -hit.start) > (best.end, -best.start):
                best = hit
    return best
