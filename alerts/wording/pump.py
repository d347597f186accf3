"""How is the fuel of a town worded, in full and in one line?

Only what was seen at the pump, with its age; where nothing is known that is what it says.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from alerts.fuel.model import Availability, FuelReport, FuelSource, FuelState, Product, Queue
from alerts.wording.limits import fit
from alerts.wording.times import age, info, when_told
from alerts.wording.words import Words, sentence

TOWNS_IN_LINE = 8

# Only what a vehicle burns matters on the way.
ROAD_FUELS = (Product.PETROL, Product.DIESEL)

# The desk looked at the first two before they were entered; a press report of fuel stands alone.
_TRUST = {FuelSource.OFFICIAL: "probable", FuelSource.TRUSTED: "probable", FuelSource.PRESS: "unconfirmed"}
_WHERE = {FuelSource.OFFICIAL: "official", FuelSource.TRUSTED: "field", FuelSource.PRESS: "press"}


def fuel_text(words: Words, states: Sequence[FuelState], *, place: str | None, short: bool, now: datetime) -> str:
    """The answer to `/fuel`: a block for each town."""
    towns = _by_town(states)
    write = _short_town if short else _town
    blocks = [write(words, town, now=now) for town in towns]
    return fit(
        blocks or [_nothing(words, place)],
        tail=[words.say("fuel.caution")],
        more=words.more,
        limit=words.limit,
        separator="\n" if short else "\n\n",
    )


def fuel_line(words: Words, states: Sequence[FuelState], *, short: bool, now: datetime) -> list[str]:
    """As in "⛽ Kayes gasoil limité (5 h) · Diéma inconnu", or nothing where no town is asked for."""
    towns = _by_town([state for state in states if state.product in ROAD_FUELS])
    told = [_brief_town(words, town, short=short, now=now) for town in towns[:TOWNS_IN_LINE]]
    if len(towns) > TOWNS_IN_LINE:
        told.append(words.more(len(towns) - TOWNS_IN_LINE))
    return [f"⛽ {' · '.join(told)}"] if told else []


def _by_town(states: Sequence[FuelState]) -> list[list[FuelState]]:
    """States by town, in the order in which the towns first come."""
    order = {place: number for number, place in enumerate(dict.fromkeys(state.place for state in states))}
    ordered = sorted(states, key=lambda state: order[state.place])
    return [list(town) for _, town in groupby(ordered, key=lambda state: state.place)]


def _nothing(words: Words, place: str | None) -> str:
    if place is None:
        return words.say("fuel.none_anywhere")
    return words.say("fuel.none", place=words.atlas.place_name(place).upper())


def _town(words: Words, town: Sequence[FuelState], *, now: datetime) -> str:
    name = words.atlas.place_name(town[0].place).upper()
    # The best news is in the first line, so that it is not taken for all there is to know.
    first, *others = sorted(town, key=_worth)
    statement = words.say(f"fuel.state.{first.availability}", product=words.say(f"product.{first.product}"))
    details = [f"{sentence(_statement(words, state))}." for state in others]
    details += _extras(words, [first, *others])
    lines = [words.say("fuel.head", place=name, statement=statement), " ".join(details)]
    lines += _contradictions(words, town, now=now)
    return "\n".join(line for line in [*lines, _seen(words, town, now=now)] if line)


def _worth(state: FuelState) -> int:
    order = (Availability.AVAILABLE, Availability.LIMITED, Availability.OUT, Availability.UNKNOWN)
    return order.index(state.availability)


def _statement(words: Words, state: FuelState) -> str:
    return words.say(f"fuel.state.{state.availability}", product=words.say(f"product.{state.product}"))


def _extras(words: Words, town: Sequence[FuelState]) -> list[str]:
    """The longest queue, and each price; neither of a word that is stale."""
    known = [state.report for state in town if state.report and state.availability is not Availability.UNKNOWN]
    queues = [report.queue for report in known if report.queue]
    longest = max(queues, key=list(Queue).index, default=None)
    extras = [words.say(f"fuel.queue.{longest}")] if longest else []
    return extras + [_price(words, report, report.price_xof) for report in known if report.price_xof is not None]


def _price(words: Words, report: FuelReport, xof: int) -> str:
    product = sentence(words.say(f"product.{report.product}"))
    return words.say("fuel.price", product=product, price=words.number(xof))


def _contradictions(words: Words, town: Sequence[FuelState], *, now: datetime) -> list[str]:
    lines = []
    for other in (state.contradicted_by for state in town):
        if other is None:
            continue
        product = words.say(f"product.{other.product}")
        statement = words.say(f"fuel.state.{other.availability}", product=product)
        where = words.say(f"where.{_WHERE[other.source]}")
        since = age(words, now - other.observed_at)
        lines.append(words.say("fuel.contradicted", statement=statement, where=where, age=since))
    return lines


def _seen(words: Words, town: Sequence[FuelState], *, now: datetime) -> str:
    """When, by whom, how old: of the oldest word shown, so that none looks fresher than it is."""
    oldest = _oldest(town)
    if oldest is None:
        return ""
    stale = all(state.availability is Availability.UNKNOWN for state in town)
    sure = f"{words.say(f'trust.{_TRUST[oldest.source]}')}, {words.say(f'where.{_WHERE[oldest.source]}')}"
    seen = words.say("fuel.seen", when=when_told(words, oldest.observed_at, now=now))
    return " · ".join([seen, sure, info(words, now - oldest.observed_at, is_old=stale)])


def _oldest(town: Sequence[FuelState]) -> FuelReport | None:
    """The oldest of the words that still hold, else of all there are."""
    holding = [state.report for state in town if state.report and state.availability is not Availability.UNKNOWN]
    reports = holding or [state.report for state in town if state.report]
    return min(reports, key=lambda report: report.observed_at, default=None)


def _short_town(words: Words, town: Sequence[FuelState], *, now: datetime) -> str:
    told = [
        words.say(f"fuel.short.{state.availability}", product=words.say(f"product.{state.product}"))
        for state in sorted(town, key=_worth)
    ]
    oldest = _oldest(town)
    sure = [words.say(f"trust.{_TRUST[oldest.source]}"), age(words, now - oldest.observed_at)] if oldest else []
    name = words.atlas.place_name(town[0].place)
    return words.say("short.line", place=name, state=" · ".join([", ".join(told), *sure]))


def _brief_town(words: Words, town: Sequence[FuelState], *, short: bool, now: datetime) -> str:
    """As in "Bamako gasoil limité, essence rupture (3 h)"; products nothing is known of are left out beside others."""
    name = words.atlas.place_name(town[0].place)
    known = sorted((state for state in town if state.availability is not Availability.UNKNOWN), key=_worth)
    oldest = _oldest(known)
    if not known or oldest is None:
        return f"{name} {words.say('fuel.unknown')}"
    told = [_brief(words, state, short=short) for state in known]
    return f"{name} {', '.join(told)} ({age(words, now - oldest.observed_at)})"


def _brief(words: Words, state: FuelState, *, short: bool) -> str:
    product = words.say(f"product.{state.product}")
    if short:
        return words.say(f"fuel.short.{state.availability}", product=product)
    return words.say(f"fuel.brief.{state.availability}", product=product)
