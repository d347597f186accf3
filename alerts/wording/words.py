"""How does one message find its words?

A `Words` lives for one message in one language. It remembers whether anything it said is still a draft, so that
the reader also gets the reviewed text.
"""

from math import floor
from zoneinfo import ZoneInfo

from babel.numbers import format_decimal

from alerts.geography.atlas import Atlas
from alerts.wording.catalogue import Catalogue


class Words:
    """The words of one message; `limit` is how many UTF-16 units it may take."""

    def __init__(self, catalogue: Catalogue, *, atlas: Atlas, timezone: ZoneInfo, limit: int) -> None:
        self._catalogue = catalogue
        self.locale = catalogue.locale
        self.atlas = atlas
        self.timezone = timezone
        self.limit = limit
        self.said_a_draft = False

    def say(self, key: str, /, **facts: object) -> str:
        """The sentence of `key` with its facts.

        Raises:
            KeyError: the key is unknown, or a fact that the sentence names is missing.
        """
        self._note(key)
        return self._catalogue.text(key).format(**facts)

    def count(self, key: str, number: int, /, **facts: object) -> str:
        """The form of `key` for `number`, which the sentence may name `{number}`.

        Raises:
            KeyError: the key is unknown, or a fact that the sentence names is missing.
        """
        self._note(key)
        return self._catalogue.plural(key, number).format(number=number, **facts)

    def number(self, value: float) -> str:
        """As a whole number, halves up, with the grouping its readers write: Bambara's in Mali is the French one."""
        whole = floor(round(value, 3) + 0.5)  # sums of kilometres end in .4999…
        return format_decimal(whole, locale="fr" if self.locale.language == "bm" else self.locale)

    def more(self, number: int) -> str:
        """How a list says what it leaves out."""
        return self.count("list.more", number)

    def _note(self, key: str) -> None:
        self.said_a_draft = self.said_a_draft or key in self._catalogue.unreviewed


def sentence(text: str) -> str:
    """With a capital, as a line begins."""
    return text[:1].upper() + text[1:]


def inside(text: str) -> str:
    """With a small letter, as within a line."""
    return text[:1].lower() + text[1:]
