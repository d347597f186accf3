"""Which words of a text speak of fuel at the pump? They are data (`data/words.toml`), read and checked here."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any

from alerts.errors import DataError
from alerts.fuel.model import Product, Queue
from alerts.incidents.words import whole_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Sale:
    """How it is told that one can buy again; the file says what each list is for."""

    sold: re.Pattern[str]
    back: re.Pattern[str]
    served: re.Pattern[str]
    stations: re.Pattern[str]
    carried: re.Pattern[str]
    to_come: re.Pattern[str]
    days: re.Pattern[str]
    since: re.Pattern[str]
    now: re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The compiled lexicon; the file says what each list is for."""

    products: Mapping[Product, re.Pattern[str]]
    any_product: re.Pattern[str]
    only: Mapping[Product, re.Pattern[str]]
    out: re.Pattern[str]
    limited: re.Pattern[str]
    available: re.Pattern[str]
    denied: re.Pattern[str]
    relapse: re.Pattern[str]
    unsaid: re.Pattern[str]
    sale: Sale
    queues: Mapping[Queue, re.Pattern[str]]
    parallel: re.Pattern[str]
    price: re.Pattern[str]
    risen: re.Pattern[str]
    ration: re.Pattern[str]
    numbers: Mapping[str, int]


@cache
def words() -> Words:
    """The lexicon that ships with the project.

    Raises:
        DataError: it does not hold what it must.
    """
    return parse_words(tomllib.loads(files("alerts.fuel").joinpath("data/words.toml").read_text(encoding="utf-8")))


def parse_words(rows: Mapping[str, Any]) -> Words:
    """Compile and check `rows`.

    Raises:
        DataError: as it says.
    """
    try:
        said = rows["availability"]
        return Words(
            products={product: whole_words(rows["products"][product]) for product in Product},
            any_product=whole_words(rows["products"]["any"]),
            only={product: _only(rows, product) for product in Product},
            out=whole_words(said["out"]),
            limited=whole_words(said["limited"]),
            available=whole_words(said["available"]),
            denied=whole_words(said["denied"]),
            relapse=whole_words(said["relapse"]),
            unsaid=whole_words((*said["ended"], *said["feared"])),
            sale=Sale(**{field.name: whole_words(rows["sale"][field.name]) for field in fields(Sale)}),
            parallel=whole_words(rows["price"]["parallel"]),
            price=whole_words(rows["price"]["named"]),
            risen=whole_words(rows["price"]["risen"]),
            ration=whole_words(rows["ration"]["words"]),
            numbers={name: int(number) for name, number in rows["ration"]["numbers"].items()},
            queues={queue: whole_words(rows["queue"][queue]) for queue in (*reversed(Queue),)},
        )
    except (KeyError, TypeError, re.error) as error:
        raise DataError(f"fuel words.toml: {error!r}") from error


def _only(rows: Mapping[str, Any], product: Product) -> re.Pattern[str]:
    names = f"(?:{'|'.join(rows['products'][product])})"
    return whole_words(phrase.replace("{product}", names) for phrase in rows["only"]["words"])
