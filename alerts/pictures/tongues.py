"""How does a picture say something: in the reader's language, with the French beneath while that is a draft?"""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from alerts.geography.atlas import Atlas
from alerts.wording.catalogue import REFERENCE, load
from alerts.wording.limits import MESSAGE_LIMIT
from alerts.wording.words import Words

_NO_HOUR = ZoneInfo("UTC")  # a picture's phrases name ages, never a day or an hour: any zone will do


class Tongues:
    """The one or two languages of one picture."""

    def __init__(self, language: str, *, atlas: Atlas) -> None:
        """Load what `language` says.

        Raises:
            ValueError: there is no such language.
            DataError: a catalogue is malformed.
        """
        self._own = load(language)
        self._reference = load(REFERENCE)
        self._atlas = atlas

    def say(self, write: Callable[[Words], str]) -> tuple[str, ...]:
        """What `write` says; followed by the same in French if some of it is a draft."""
        own = self._words(draft=True)
        text = write(own)
        if not own.said_a_draft:
            return (text,)
        return tuple(dict.fromkeys((text, write(self._words(draft=False)))))

    def room(self, lines: int) -> int:
        """How many of `lines` to say: half of them where each comes twice."""
        return lines if not self._own.unreviewed else max(1, lines // 2)

    def _words(self, *, draft: bool) -> Words:
        catalogue = self._own if draft else self._reference
        return Words(catalogue, atlas=self._atlas, timezone=_NO_HOUR, limit=MESSAGE_LIMIT)
