"""What does each key say in one language?

Sentences are gettext catalogues, `catalogues/<language>/*.po`, read as they are: nothing compiled is kept.
"""

from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from alerts.errors import DataError

FOLDER = Path(__file__).parent / "catalogues"

# Dates in English are read by people who write the day before the month.
LOCALES = {"fr": "fr", "en": "en_GB", "bm": "bm"}

REFERENCE = "fr"


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """All texts of one language; `unreviewed` are the keys that no native reader has checked yet."""

    language: str
    locale: Locale
    keys: frozenset[str]
    unreviewed: frozenset[str]
    texts: GNUTranslations

    def text(self, key: str) -> str:
        """The sentence of `key`, its placeholders not filled.

        Raises:
            KeyError: no catalogue of this language has the key.
        """
        if key not in self.keys:
            raise KeyError(key)
        return self.texts.gettext(key)

    def plural(self, key: str, number: int) -> str:
        """The form of `key` that goes with `number`.

        Raises:
            KeyError: no catalogue of this language has the key.
        """
        if key not in self.keys:
            raise KeyError(key)
        return self.texts.ngettext(key, key, number)


@cache
def load(language: str) -> Catalogue:
    """Read every catalogue of `language`.

    Raises:
        ValueError: there is no such language.
        DataError: a catalogue is malformed, says nothing for a key, or repeats one.
    """
    if language not in LOCALES:
        raise ValueError(language)
    catalogs = [_read(path) for path in sorted((FOLDER / language).glob("*.po"))]
    messages = [message for catalog in catalogs for message in catalog if message.id]
    _refuse_repeated(messages)
    return Catalogue(
        language=language,
        locale=Locale.parse(LOCALES[language]),
        keys=frozenset(key_of(message) for message in messages),
        unreviewed=frozenset(key_of(message) for message in messages if message.fuzzy),
        texts=_translations(catalogs[0], messages),
    )


def key_of(message: Message) -> str:
    """The symbolic key of a message, with plural forms or without."""
    return message.id if isinstance(message.id, str) else message.id[0]


def forms_of(message: Message) -> tuple[str, ...]:
    """What a message says: one text, or one for each plural form."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))


def _read(path: Path) -> Catalog:
    try:
        with path.open("rb") as file:
            catalog = read_po(file, abort_invalid=True)
    except PoFileError as error:
        raise DataError(f"{path.name}: {error}") from error
    for message in catalog:
        if message.id and not all(forms_of(message)):
            raise DataError(f"{path.parent.name}/{path.name}: {key_of(message)} says nothing")
    return catalog


def _refuse_repeated(messages: list[Message]) -> None:
    seen: set[str] = set()
    for message in messages:
        if key_of(message) in seen:
            raise DataError(f"{key_of(message)} stands in two catalogues")
        seen.add(key_of(message))


def _translations(catalog: Catalog, messages: list[Message]) -> GNUTranslations:
    """All of them under the plural rule that `catalog` states."""
    for message in messages:
        catalog[message.id] = message
    compiled = BytesIO()
    write_mo(compiled, catalog, use_fuzzy=True)
    compiled.seek(0)
    return GNUTranslations(compiled)
