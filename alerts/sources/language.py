"""Which language does a feed mean by what it declares?"""

import re

_THREE_LETTERS = {"fra": "fr", "fre": "fr", "eng": "en", "bam": "bm", "ara": "ar"}
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_].*)?")


def language_code(said: str) -> str | None:
    """A two-letter code from "fr-FR", "fra", "FR"; None for anything else."""
    found = _LANGUAGE.fullmatch(said.strip().lower())
    if found is None:
        return None
    code = found[1]
    return code if len(code) == 2 else _THREE_LETTERS.get(code)  # noqa: PLR2004 -- two letters
