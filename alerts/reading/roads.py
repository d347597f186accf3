"""Which road numbers does a text name?"""

import re
from collections.abc import Iterable

from alerts.reading.text import Text

_REF = re.compile(
    r"\b(?:rn|r n|(?:la |les )?(?:route )?nationales?(?: n ?[o°]?| numero)?|national (?:road|highway|route)(?: (?:no|number|n))?"
    r"|highway|national)[ °.o]{0,3}0?([1-9]\d?)\b(?! ?(?:km|%|ans|personnes|morts|people))",
)
_REGIONAL = re.compile(r"\brr ?0?([1-9]\d?)\b")


def road_refs(text: Text, known: Iterable[str]) -> tuple[str, ...]:
    """Road numbers such as "RN7", in reading order; numbers no road of Mali has are left out."""
    refs = [f"RN{match.group(1)}" for match in _REF.finditer(text.flat)]
    refs += [f"RR{match.group(1)}" for match in _REGIONAL.finditer(text.flat)]
    allowed = frozenset(known)
    return tuple(ref for ref in dict.fromkeys(refs) if ref in allowed)
