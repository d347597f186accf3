"""When are two spellings the same name?

Keys are what is compared: lower-case ASCII, without accents, spaces or the small words between names, so that
"Nioro-du-Sahel", "NIORO DU SAHEL" and "nioro sahel" share one. The sound of a key goes further and joins the
French, English and Bambara ways of writing one name ("Koutiala", "Kutiala").
"""

import re
import unicodedata

# Letters of the Bambara alphabet that decompose into nothing simpler.
_BAMBARA = str.maketrans({"ɔ": "o", "ɛ": "e", "ŋ": "n", "ɲ": "ny", "Ɔ": "o", "Ɛ": "e", "Ŋ": "n", "Ɲ": "ny"})
JOINTS = frozenset({"de", "du", "des", "la", "le", "les", "d", "l", "of", "the"})
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_SOUNDS = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"ou|oo|w", "u"),
        (r"dj|dy|di(?=[aeou])", "j"),
        (r"gn|ny|ni(?=[aeou])", "n"),
        (r"ch", "s"),
        (r"ck?|qu?", "k"),
        (r"ss?h?|z", "s"),
        (r"y", "i"),
        (r"h", ""),
        (r"(.)\1+", r"\1"),
    )
)


def visible(text: str) -> str:
    """`text` in composed form, without control, zero-width and bidirectional characters, each space a plain one."""
    composed = unicodedata.normalize("NFC", text)
    spaced = (" " if character.isspace() else character for character in composed)
    return "".join(character for character in spaced if unicodedata.category(character) not in _UNSEEN)


def fold(text: str) -> str:
    """`text` in lower-case letters and digits without accents; anything else is one space."""
    plain = unicodedata.normalize("NFKD", text.translate(_BAMBARA)).casefold()
    letters = (character for character in plain if not unicodedata.combining(character))
    return " ".join("".join(character if character.isalnum() else " " for character in letters).split())


def words(text: str) -> tuple[str, ...]:
    """The folded words of `text` without the small ones that join a name."""
    folded = fold(text).split()
    return tuple(word for word in folded if word not in JOINTS) or tuple(folded)


def key(text: str) -> str:
    """What two spellings of one name have in common."""
    return "".join(words(text))


def sound(name_key: str) -> str:
    """The key as it is heard, for names that three languages spell in three ways."""
    for pattern, replacement in _SOUNDS:
        name_key = pattern.sub(replacement, name_key)
    return name_key
