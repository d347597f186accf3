"""How is the fuel of a town worded, in full and in one line?

Only what was seen at the pump, with its age; where nothing is known that is what it says.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import groupby

from babel.dates import format_skeleton

from alerts.fuel.model import Availability, FuelReport, FuelState, Prices, Product, PumpNews, Queue
from alerts.incidents.model import Trust
from alerts.wording.limits import fit
from alerts.wording.times import age, day_name, info, local_day, when_told
from alerts.wording.words import Words, sentence

TOWNS_IN_LINE = 8

# Only what a vehicle burns matters on the way.
ROAD_FUELS = (Product.PETROL, Product.DIESEL)

SUMMED_FROM = 3
PRICE_IS_OLD = timedelta(hours=24)
NO_PRICES = Prices()

_BEST_FIRST = (Availability.AVAILABLE, Availability.LIMITED, Availability.OUT, Availability.UNKNOWN)


def fuel_text(
    words: Words, states: Sequence[FuelState], *, place: str | None, short: bool, prices: Prices, now: datetime
) -> str:
    """The answer to `/fuel`: how it is everywhere that was asked for, then a block for each town."""
    towns = _by_town(states)
    blocks = [
        _short_town(words, town, now=now) if short else _town(words, town, prices=prices, now=now) for town in towns
    ]
    tail = [words.say("fuel.caution")] if short else [*_ceilings(words, prices, now=now), words.say("fuel.caution")]
    return fit(
        blocks or [_nothing(words, place)],
        head=_summary(words, towns) if place is None else [],
        tail=["\n".join(tail)],
        more=words.more,
        limit=words.limit,
        separator="\n" if short else "\n\n",
    )


def pump_text(words: Words, news: PumpNews, *, short: bool, now: datetime) -> str:
    """The alert of a change in one town: what changed comes first, and all else that holds there with it."""
    if short:
        return _short_town(words, news.states, now=now)
    lines = [_town(words, news.states, prices=NO_PRICES, news=news, now=now), words.say("fuel.caution")]
    return "\n".join(lines)


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


def _summary(words: Words, towns: Sequence[Sequence[FuelState]]) -> list[str]:
    """In how many towns each product is on sale, limited or out; nothing where few towns are all there is."""
    if len(towns) < SUMMED_FROM:
        return []
    counts = Counter((state.product, state.availability) for town in towns for state in town)
    parts = [_counted(words, product, counts) for product in ROAD_FUELS]
    return [" ".join([words.count("pump.towns", len(towns)), *filter(None, parts)])]


def _counted(words: Words, product: Product, counts: Mapping[tuple[Product, Availability], int]) -> str:
    told = [
        words.say(f"pump.count.{availability}", count=counts[product, availability])
        for availability in _BEST_FIRST
        if counts[product, availability]
    ]
    name = sentence(words.say(f"product.{product}"))
    return words.say("pump.count.line", product=name, counts=", ".join(told)) if told else ""


def _town(
    words: Words, town: Sequence[FuelState], *, prices: Prices, news: PumpNews | None = None, now: datetime
) -> str:
    name = words.atlas.place_name(town[0].place).upper()
    # What is new, else the best news, is in the first line, so that it is not taken for all there is to know.
    first, *others = sorted(
        town, key=lambda state: (news is not None and state.product not in news.changed, _worth(state))
    )
    back = news.back if news else ()
    expired = not any(state.is_known for state in town)
    state_of = partial(_last_word, words, now=now) if expired else partial(_statement, words, back=back)
    details = [f"{sentence(state_of(state))}." for state in others]
    details += _extras(words, [first, *others], prices=prices, now=now)
    lines = [
        words.say("fuel.head", place=name, statement=state_of(first)),
        " ".join(details),
        *_contradictions(words, town, now=now),
        _seen(words, town, now=now),
    ]
    return "\n".join(line for line in lines if line)


def _worth(state: FuelState) -> int:
    return _BEST_FIRST.index(state.availability)


def _statement(words: Words, state: FuelState, *, back: Collection[Product] = ()) -> str:
    product = words.say(f"product.{state.product}")
    if state.product in back:
        return words.say(f"pump.back.{state.availability}", product=product)
    return words.say(f"fuel.state.{state.availability}", product=product)


def _last_word(words: Words, state: FuelState, *, now: datetime) -> str:
    """Where nothing holds any more, what was last seen and when: neither is then taken for today's."""
    word = state.report
    if not _says_last(state) or word is None:
        return _statement(words, state)
    told_on = when_told(words, word.observed_at, now=now)
    product = words.say(f"product.{state.product}")
    return words.say(f"pump.last.{word.availability}", product=product, when=told_on)


def _says_last(state: FuelState) -> bool:
    """Whether it has run out and its word said what there was."""
    return not state.is_known and state.report is not None and state.report.availability is not Availability.UNKNOWN


def _extras(words: Words, town: Sequence[FuelState], *, prices: Prices, now: datetime) -> list[str]:
    """The longest queue, the smallest ration, and what is known of each price; no queue of a word that is stale."""
    known = [state.report for state in town if state.report and state.is_known]
    queues = [report.queue for report in known if report.queue]
    longest = max(queues, key=list(Queue).index, default=None)
    extras = [words.say(f"fuel.queue.{longest}")] if longest else []
    rations = [report.ration_litres for report in known if report.ration_litres]
    if rations:
        extras.append(words.say("pump.ration", litres=min(rations)))
    return extras + [line for state in town for line in _priced(words, state, prices, now=now)]


def _priced(words: Words, state: FuelState, prices: Prices, *, now: datetime) -> list[str]:
    """The price that was seen beside the official one; where none was, that of a price list with its month."""
    word = state.priced or (state.report if state.is_known else None)
    product = sentence(words.say(f"product.{state.product}"))
    lines = []
    if word is not None and word.price_xof is not None:
        lines.append(_seen_price(words, word, word.price_xof, prices, now=now))
    if word is not None and word.parallel_xof is not None:
        lines.append(words.say("pump.parallel", product=product, price=words.number(word.parallel_xof)))
    if word is not None and word.change_percent is not None:
        lines.append(words.say("pump.risen", product=product, percent=word.change_percent))
    listed = prices.month_price(state.place, state.product)
    if not lines and listed is not None:
        month = format_skeleton("yMMM", listed.month, locale=words.locale)
        lines.append(words.say("pump.listed", product=product, price=words.number(listed.price_xof), month=month))
    return lines


def _seen_price(words: Words, word: FuelReport, xof: int, prices: Prices, *, now: datetime) -> str:
    product, price = sentence(words.say(f"product.{word.product}")), words.number(xof)
    ceiling = prices.official.get(word.product)
    since = now - word.observed_at
    if ceiling is not None and since > PRICE_IS_OLD:
        ceiling_price = words.number(ceiling.price_xof)
        return words.say(
            "pump.price.both_old", product=product, price=price, official=ceiling_price, age=age(words, since)
        )
    if ceiling is not None:
        return words.say("pump.price.both", product=product, price=price, official=words.number(ceiling.price_xof))
    if since > PRICE_IS_OLD:
        return words.say("pump.price.old", product=product, price=price, age=age(words, since))
    return words.say("fuel.price", product=product, price=price)


def _ceilings(words: Words, prices: Prices, *, now: datetime) -> list[str]:
    """The official ceilings, with the day since which they hold."""
    official = [prices.official[product] for product in Product if product in prices.official]
    if not official:
        return []
    told = [
        words.say("pump.ceiling", product=words.say(f"product.{one.product}"), price=words.number(one.price_xof))
        for one in official
    ]
    since = max(one.since for one in official)
    day = day_name(words, since, today=local_day(words, now))
    return [words.say("pump.ceilings", prices=", ".join(told), date=day)]


def ceilings_text(words: Words, prices: Prices, *, now: datetime) -> str:
    """The answer to `/price`."""
    return "\n".join(_ceilings(words, prices, now=now)) or words.say("pump.no_ceilings")


def _contradictions(words: Words, town: Sequence[FuelState], *, now: datetime) -> list[str]:
    lines = []
    for other in (state.contradicted_by for state in town):
        if other is None:
            continue
        product = words.say(f"product.{other.product}")
        statement = words.say(f"fuel.state.{other.availability}", product=product)
        where = _where(words, other)
        since = age(words, now - other.observed_at)
        lines.append(words.say("fuel.contradicted", statement=statement, where=where, age=since))
    return lines


def _seen(words: Words, town: Sequence[FuelState], *, now: datetime) -> str:
    """When, by whom, how old: of the oldest word shown, so that none looks fresher than it is."""
    oldest = _oldest(town)
    if oldest is None:
        return ""
    stale = not any(state.is_known for state in town)
    sure = f"{words.say(f'trust.{_least_trust(town)}')}, {_where(words, oldest)}"
    how_old = info(words, now - oldest.observed_at, is_old=stale)
    if stale and any(_says_last(state) for state in town):  # the day stands beside each last word
        return f"{sentence(sure)} · {how_old}"
    seen = words.say("fuel.seen", when=when_told(words, oldest.observed_at, now=now))
    return f"{seen} · {sure} · {how_old}"


def _where(words: Words, report: FuelReport) -> str:
    """Where the word is from, as far as a reader may know."""
    return words.say(f"where.{report.source_kind or report.source.kind}")


def _least_trust(town: Sequence[FuelState]) -> Trust:
    """That of the least sure word shown."""
    shown = [state for state in town if state.report and state.is_known] or [state for state in town if state.report]
    return max((state.trust for state in shown), key=list(Trust).index)


def _oldest(town: Sequence[FuelState]) -> FuelReport | None:
    """The oldest of the words that still hold, else of all there are."""
    holding = [state.report for state in town if state.report and state.is_known]
    reports = holding or [state.report for state in town if state.report]
    return min(reports, key=lambda report: report.observed_at, default=None)


def _short_town(words: Words, town: Sequence[FuelState], *, now: datetime) -> str:
    told = [_short_state(words, state) for state in sorted(town, key=_worth)]
    oldest = _oldest(town)
    sure = [words.say(f"trust.{_least_trust(town)}"), age(words, now - oldest.observed_at)] if oldest else []
    name = words.atlas.place_name(town[0].place)
    return words.say("short.line", place=name, state=" · ".join([", ".join(told), *sure]))


def _short_state(words: Words, state: FuelState) -> str:
    product = words.say(f"product.{state.product}")
    statement = words.say(f"fuel.short.{state.availability}", product=product)
    if state.contradicted_by is None:
        return statement
    other = words.say(f"fuel.short.{state.contradicted_by.availability}", product=product)
    return words.say("pump.short_other", statement=statement, other=other)


def _brief_town(words: Words, town: Sequence[FuelState], *, short: bool, now: datetime) -> str:
    """As in "Bamako gasoil limité, essence rupture (3 h)"; products nothing is known of are left out beside others."""
    name = words.atlas.place_name(town[0].place)
    known = sorted((state for state in town if state.is_known), key=_worth)
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
