"""Can one buy fuel again, or did it only arrive?

Tankers that reached a town, a depot that is full, a ship in port: what they bring is not on sale yet, and telling of it
tells how fuel comes. Only what is said of selling, of stations and their queues counts, and only as a fact.
"""

import re

from alerts.fuel.words import words
from alerts.incidents.words import fold
from alerts.safety.rules import rules

_CLAUSES = re.compile(r"[.;!?\n]+|,|\s[–—|]\s| (?:mais|but|tandis que|while|alors que|apres|after|malgre|despite) ")


def says_on_sale(text: str) -> bool:
    """Whether `text` tells that fuel is on sale again, be it limited."""
    return any(_sells(clause) for clause in _CLAUSES.split(fold(text)))


def may_be_to_come(text: str) -> bool:
    """Whether a line on what is seen now names a time that may lie ahead, or puts what it says into the future."""
    folded = fold(text)
    return _is_to_come(folded) or words().sale.days.search(words().sale.since.sub(" ", folded)) is not None


def _is_to_come(folded: str) -> bool:
    plain = words().sale.now.sub(" ", folded)
    return bool(words().sale.to_come.search(plain) or rules().times_ahead.search(plain))


def _sells(clause: str) -> bool:
    lexicon = words()
    if _is_to_come(clause) or lexicon.denied.search(clause):
        return False
    plain = lexicon.relapse.sub(" ", lexicon.sale.carried.sub(" ", clause))
    stations = lexicon.sale.stations.search(plain)
    if stations and lexicon.sale.served.search(plain):
        return True
    named = lexicon.any_product.search(plain) or any(one.search(plain) for one in lexicon.products.values())
    if not (named or stations):
        return False
    is_back = lexicon.sale.back.search(plain) and not lexicon.price.search(plain)
    return bool(lexicon.sale.sold.search(plain) or is_back)
