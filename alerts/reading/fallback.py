"""Where did it happen, when no sentence that tells it names a place as its own?

The ways to find one stand in `_WAYS`, the best first: the title, where lorries get through, a sentence beside the
event, a road, a journey's ends, a town that is supplied, whole regions, what a follow-up looks back on.
"""

import re
from collections.abc import Callable, Sequence

from alerts.reading.exactness import EXACT, ON_THE_WAY, most_exact
from alerts.reading.index import HOME
from alerts.reading.model import EventType
from alerts.reading.spots import Cue, Cued
from alerts.reading.told import Story, looks_back

_BEFORE = 60
_AFTER_IT = re.compile(r"\b(?:after|après)\b")
# Where fuel lacks in the whole country, it is the capital's queues that are meant.
_CAPITAL = "bamako"
_TRAVEL = (
    "parti",
    "pour ",
    "venant",
    "vers ",
    "quitt",
    "se rend",
    "from ",
    "to ",
    "bound",
    "heading",
    "making for",
    "left",
    "set off",
    "set out",
    "departed",
    "crossed",
    "à la foire",
    "au marché",
)
_PASSABLE = frozenset({EventType.ESCORT_OR_REOPENING, EventType.BORDER_CLOSED, EventType.FUEL_ARRIVAL})
_THROUGH = (
    "through",
    "crossed",
    "the border at",
    "entered",
    "came in through",
    "traversé",
    "frontière",
    "franchi",
    "entré",
    "passé",
)
_RELIEF = frozenset({EventType.ESCORT_OR_REOPENING, EventType.FUEL_ARRIVAL, EventType.BLOCKADE})
_SUPPLIED = re.compile(
    r"\b(?:(?:brought|delivered|carried|ferried|took|apporte|livre|achemine|distribue|convoye)e?s? [^,.;:\n]{1,45}"
    r" (?:to|into|a|au|aux (?:habitants|populations|assieges|familles) (?:de|d))"
    r"|(?:to )?(?:re)?supply|ravitailler|approvisionner) (?:la ville de |the town of |the people of |besieged )?$"
    r"|\bto (?:the )?(?:besieged|blockaded|encircled|cut off) (?:town of |city of |village of )?$"
)
_BESIEGED = re.compile(
    r",? (?:an? (?:town|village) |une? (?:ville|village|localite) )?"
    r"(?:(?:which|that|qui) (?:has been|is|was|est|etait) )?"
    r"(?:besieged|cut off|blockaded|encircled|under (?:[a-z]+ )?(?:blockade|siege)|sous (?:blocus|embargo)|assiegee?"
    r"|encerclee?|isolee?|coupee? d)\b"
)
_SETS_OUT = re.compile(r"(?:had |have )?(?:left|leaving|departed|quitt|au départ de|parti)")


def fallback(story: Story, cued: Sequence[Cued]) -> list[Cued]:
    """The places in Mali that the first way finds."""
    home = [one for one in cued if one.site.country == HOME]
    return next((found for find in _WAYS if (found := find(story, home))), [])


def is_relieved(story: Story, one: Cued) -> bool:
    """Whether it is a town that a convoy supplied ("brought rice to Kobé", "Kobé, besieged since June")."""
    if one.cue is not Cue.MENTION or not any(fact.type in _RELIEF for fact in story.facts):
        return False
    if _is_past(story, one) and not story.tells(one.site.start):
        return False
    flat, site = story.text.flat, one.site
    supplied = _SUPPLIED.search(flat, max(0, site.start - _BEFORE), site.start)
    return supplied is not None or _BESIEGED.match(flat, site.end) is not None


def _tells_of(story: Story, *types: EventType) -> bool:
    return any(fact.type in types for fact in story.facts)


def _travels(story: Story) -> bool:
    return _tells_of(story, *ON_THE_WAY)


def _mentions(story: Story, home: Sequence[Cued]) -> list[Cued]:
    """The places that are only named where the event is told."""
    return [one for one in home if one.cue is Cue.MENTION and story.tells(one.site.start)]


def _titled(story: Story, home: Sequence[Cued]) -> list[Cued]:
    """The title's; where fuel lacks, the capital's queues."""
    named = [one for one in home if one.cue not in {Cue.REGION, Cue.MENTION} and story.tells(one.site.start)]
    titled = [one for one in named if story.text.sentence_at(one.site.start).is_title]
    if not titled and _tells_of(story, EventType.FUEL_SHORTAGE):
        return [one for one in home if one.site.id == _CAPITAL]
    return titled


def _passed(story: Story, home: Sequence[Cued]) -> list[Cued]:
    """Where lorries pass again once a border or a road is open ("rolled through Kobé on Monday")."""
    if not _tells_of(story, *_PASSABLE):
        return []
    named = [one for one in home if one.cue is Cue.MENTION and not _is_past(story, one)]
    return [one for one in named if one.why.lower().startswith(_THROUGH)]


def _beside(story: Story, home: Sequence[Cued]) -> list[Cued]:
    """Of a sentence that neither tells the event nor looks back; not "In Gao a march is to come" beside a title."""
    if not _travels(story) and _spoken(story, home):
        return []
    untold = [one for one in home if not story.tells(one.site.start) and not _is_past(story, one)]
    return most_exact(story, [one for one in untold if one.cue in EXACT])


def _on_a_road(story: Story, home: Sequence[Cued]) -> list[Cued]:
    """Both ends of a road or a journey; of a ban, where the fuel was to go."""
    paired = [one for one in home if one.pair is not None and not _is_past(story, one)]
    paired = [one for one in paired if _travels(story) or one.cue is not Cue.MENTION]
    if not paired and _tells_of(story, EventType.FUEL_IMPORT_BAN):
        return [one for one in _mentions(story, home) if _names_a_goal(one)]
    return paired


def _on_a_journey(story: Story, home: Sequence[Cued]) -> list[Cued]:
    return [one for one in _mentions(story, home) if one.why.lower().startswith(_TRAVEL)]


def _between_ends(story: Story, home: Sequence[Cued]) -> list[Cued]:
    ends = _on_a_journey(story, home)
    return ends if len(ends) > 1 else []


def _from_one_end(story: Story, home: Sequence[Cued]) -> list[Cued]:
    """The one end in Mali of a journey on which something befell travellers."""
    return _on_a_journey(story, home) if _travels(story) else []


def _supplied(story: Story, home: Sequence[Cued]) -> list[Cued]:
    return [one for one in home if is_relieved(story, one)]


def _set_out(story: Story, home: Sequence[Cued]) -> list[Cued]:
    """Where the first coach sets out when a line runs again."""
    if not _tells_of(story, EventType.ESCORT_OR_REOPENING):
        return []
    return [one for one in _mentions(story, home) if _SETS_OUT.match(one.why.lower())][:1]


def _what_happened(story: Story, home: Sequence[Cued]) -> list[Cued]:
    """What another event is told of, where it is the event itself ("a day after a bomb hit a bus at Kobé")."""
    return [one for one in _another(story, home) if _is_what_happened(story, one)]


def _areas(story: Story, home: Sequence[Cued]) -> list[Cued]:
    return _smallest(story.text.flat, [one for one in home if one.cue is Cue.REGION and story.tells(one.site.start)])


def _spoken(story: Story, home: Sequence[Cued]) -> list[Cued]:
    """Where the title's people are at home, or those who protest."""
    named = _mentions(story, home)
    titled = [one for one in named if story.text.sentence_at(one.site.start).is_title]
    if _tells_of(story, EventType.STRIKE_PROTEST):
        titled += [one for one in named if not _AFTER_IT.search(one.why.lower())]
    return titled[:1]


def _another(story: Story, home: Sequence[Cued]) -> list[Cued]:
    return [one for one in _mentions(story, home) if _AFTER_IT.search(one.why.lower())]


def _any(story: Story, home: Sequence[Cued]) -> list[Cued]:
    """Whatever is named, also where a follow-up looks back."""
    return most_exact(story, [one for one in home if one.cue not in {Cue.MENTION, Cue.REGION}])


def _is_what_happened(story: Story, one: Cued) -> bool:
    """Whether what another event is told of there is the event itself."""
    start, sentence = one.site.end - len(one.why), story.text.sentence_at(one.site.start)
    return any(fact.sentence is sentence and start <= fact.at < one.site.start for fact in story.facts)


def _smallest(flat: str, regions: Sequence[Cued]) -> list[Cued]:
    """Of areas that lie one in the other ("Barouéli, Ségou") the first."""
    return [
        area
        for number, area in enumerate(regions)
        if not number or flat[regions[number - 1].site.end : area.site.start].strip(" ") != ","
    ]


def _names_a_goal(one: Cued) -> bool:
    """Whether what is banned was on its way there."""
    return one.why.lower().startswith(("destin", "vers", "à destination", "bound", "to ", "into", "for "))


def _is_past(story: Story, one: Cued) -> bool:
    return looks_back(story.hits, story.text.sentence_at(one.site.start))


_WAYS: tuple[Callable[[Story, Sequence[Cued]], list[Cued]], ...] = (
    _titled,
    _passed,
    _beside,
    _on_a_road,
    _between_ends,
    _supplied,
    _set_out,
    _what_happened,
    _areas,
    _from_one_end,
    _spoken,
    _another,
    _any,
)
