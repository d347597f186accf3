"""Which words did a person type, and what part can each play?

A typed request is short. It is cut into words and hard breaks ("→", ",", " - "), each word with the role that
`words.csv` gives it; names are found in it later.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from alerts.geography.spelling import JOINTS, fold


class Role(StrEnum):
    """What a word can be, besides a part of a name."""

    NAME = "name"
    JOINT = "joint"
    SKIP = "skip"
    TO = "to"
    FROM = "from"
    VIA = "via"
    BREAK = "break"
    REGION = "region"
    CERCLE = "cercle"
    DISTRICT = "district"
    FORMER = "former"
    CORRIDOR = "corridor"


@dataclass(frozen=True, slots=True)
class Token:
    """A word as typed, folded, with its role and where it stands; `bracketed` if it was in brackets."""

    word: str
    role: Role
    start: int
    end: int
    bracketed: bool = False


_PIECE = re.compile(
    r"(?P<open>[(\[])"
    r"|(?P<close>[)\]])"
    r"|(?P<break>[-–—=~]*[>→➔➜➡⇒↔⟶][-–—]*|[,;/\\|+&:\n]|(?<=\s)[-–—]+(?=\s))"
    r"|(?P<word>[^\W_]+)"
)
_PERIOD = re.compile(r"\d{1,3}(h|j|d|jours?|heures?|days?|hours?|km)")


def tokens(text: str, roles: Mapping[str, Role]) -> tuple[Token, ...]:
    """The words and breaks of a text that is already free of what can't be seen; accents tell "à" from "a"."""
    found: list[Token] = []
    depth = 0
    for match in _PIECE.finditer(text):
        depth += (match.lastgroup == "open") - (match.lastgroup == "close")
        if match.lastgroup == "break":
            found.append(Token("", Role.BREAK, match.start(), match.end()))
        elif match.lastgroup == "word" and (word := fold(match.group()).replace(" ", "")):
            role = _role(match.group(), word, roles)
            found.append(Token(word, role, match.start(), match.end(), bracketed=depth > 0))
    return tuple(found)


def _role(typed: str, word: str, roles: Mapping[str, Role]) -> Role:
    if word in JOINTS:
        return Role.JOINT
    if _PERIOD.fullmatch(word):
        return Role.SKIP
    return roles.get(typed.casefold()) or roles.get(word) or Role.NAME
