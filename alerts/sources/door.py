"""Is this entry new, known already, or a known one that was edited?

One entry comes again and again: at each read, under another identifier, through another feed, with tracking
parameters, with the outlet's name behind its title. It is known by several names: its identifier at its source, the
page it leads to, its outlet and title. A name alone proves little (a bulletin has one title every day), so where two
entries share a name and differ in what they say, only what is surely the same is taken for it: to read an entry
twice does no harm, and one that is passed over may be a warning.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from alerts.incidents.words import fold, outlet_named, voice_key
from alerts.reading.model import Item
from alerts.sources.entries import digest, entry_key, link_key
from alerts.sources.model import KnownEntry, Source
from alerts.sources.text import tagged_outlet

LONG_ENOUGH = 25
"""Letters from which a title is a name: "Attaque à Diéma" is told of many a day."""

SAME_DAYS = timedelta(hours=24)
_WORST = "F"


class Arrival(StrEnum):
    """What an entry is to us. BETTER is known already, but only from a source graded worse."""

    NEW = "new"
    SAME = "same"
    EDITED = "edited"
    BETTER = "better"


class By(StrEnum):
    """Which of its names an entry is known by."""

    ID = "id"
    PAGE = "page"
    TITLE = "title"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """An entry at the door. `item` has the id it was first known by, `before` is what was known of it.

    `after` is what is to be remembered under all its `names`.
    """

    arrival: Arrival
    item: Item
    names: tuple[str, ...]
    after: KnownEntry
    before: KnownEntry | None = None


class Door:
    """Tells arrivals apart; knows the sources' names and grades, and nothing of any store."""

    def __init__(self, sources: Iterable[Source]) -> None:
        listed = tuple(sources)
        self._grades = {source.id: source.grade for source in listed}
        self._ours = {voice_key(source.name or source.id): source.id for source in listed}

    def tidied(self, item: Item) -> Item:
        """`item` without " - Outlet" behind its title, and its outlet by our own name for it, where we have one."""
        head, tagged = tagged_outlet(item.title)
        if not tagged or not self._is_outlet(tagged):
            head, tagged = item.title, ""
        outlet = item.outlet or tagged
        return replace(item, title=head, outlet=self._ours.get(voice_key(outlet), outlet))

    def names(self, item: Item, source: Source) -> tuple[str, ...]:
        """Everything that `item`, tidied, may be known by; the surest first."""
        return tuple(name for _, name in self._named(item, source))

    def judge(self, item: Item, source: Source, known: Mapping[str, KnownEntry]) -> Judged:
        """What `item` is, given what is `known` under its names."""
        named, told = self._named(item, source), _remembered(item, source)
        names = tuple(name for _, name in named)
        for by, name in named:
            if (before := known.get(name)) is None:
                continue
            arrival = self._compare(told, before, by)
            if arrival is not Arrival.NEW:
                return _judged(arrival, item, names, told, before)
        return Judged(arrival=Arrival.NEW, item=item, names=names, after=told)

    def _named(self, item: Item, source: Source) -> list[tuple[By, str]]:
        named = [(By.ID, own_name(source.id, known_by)) for known_by in (item.id, *item.replaces)]
        if page := link_key(item.url):
            named.append((By.PAGE, f"link {page}"))
        title = fold(item.title)
        if len(title) >= LONG_ENOUGH:
            outlet = voice_key(item.outlet or source.id)
            named.append((By.TITLE, f"title {digest(f'{outlet} {title}')}"))
        return named

    def _compare(self, told: KnownEntry, before: KnownEntry, by: By) -> Arrival:
        same_text = told.text == before.text
        if by is By.ID:
            return Arrival.SAME if same_text or not before.text else Arrival.EDITED
        if told.source_id != before.source_id:
            return self._through_another_feed(told, before)
        if same_text:
            return Arrival.SAME if by is By.PAGE or _same_time(told, before) else Arrival.NEW
        # A page or a title may be shared by many entries: only one published in the same moment is surely this one.
        return Arrival.EDITED if told.published is not None and told.published == before.published else Arrival.NEW

    def _through_another_feed(self, told: KnownEntry, before: KnownEntry) -> Arrival:
        if told.title != before.title or not _same_time(told, before):
            return Arrival.NEW
        better = self._grade(told.source_id) < self._grade(before.source_id)
        return Arrival.BETTER if better else Arrival.SAME

    def _grade(self, source_id: str) -> str:
        return self._grades.get(source_id, _WORST)

    def _is_outlet(self, name: str) -> bool:
        return voice_key(name) in self._ours or outlet_named(name) is not None


def own_name(source_id: str, item_id: str) -> str:
    """What an entry is known by at its own source."""
    return f"{source_id}:{entry_key(Item(id=item_id, title=''))}"


def _remembered(item: Item, source: Source) -> KnownEntry:
    title = fold(item.title)
    return KnownEntry(
        source_id=source.id,
        item_id=item.id,
        title=digest(title)[:12],
        text=digest(f"{title}\n{fold(item.summary)}")[:12],
        published=item.published,
    )


def _judged(arrival: Arrival, item: Item, names: tuple[str, ...], told: KnownEntry, before: KnownEntry) -> Judged:
    match arrival:
        case Arrival.EDITED:
            first = replace(item, id=before.item_id)
            after = replace(told, item_id=before.item_id)
            return Judged(arrival=arrival, item=first, names=names, after=after, before=before)
        case Arrival.SAME:
            return Judged(arrival=arrival, item=item, names=names, after=before, before=before)
        case _:
            return Judged(arrival=arrival, item=item, names=names, after=told, before=before)


def _same_time(one: KnownEntry, other: KnownEntry) -> bool:
    """Whether both may have been published together; an undated one with any."""
    if one.published is None or other.published is None:
        return True
    return abs(one.published - other.published) <= SAME_DAYS
