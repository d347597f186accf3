"""Which road numbers does a text name?"""

import re

from alerts.reading.text import Text

HIGHEST = 40
_NATIONAL = re.compile(
    r"\b(?:rn|r n|(?:route )?nationales?(?: n ?[o°]?| numero)?|national (?:road|highway|route)(?: (?:no|number|n))?"
    r"|highway)[ °.o]{0,3}0?([1-9]\d?)\b(?! ?(?:km|%|ans|personnes|morts|people))",
)


def road_refs(text: Text) -> tuple[str, ...]:
    """National roads such as "RN7", in reading order; Mali's go up to RN40."""
    numbers = (int(match.group(1)) for match in _NATIONAL.finditer(text.flat))
    return tuple(dict.fromkeys(f"RN{number}" for number in numbers if number <= HIGHEST))
