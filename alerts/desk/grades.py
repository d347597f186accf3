"""How far is a source trusted: as its row says, or as an admin has said since?"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from alerts.sources.model import Source

GRADES = "ABCDEF"


def regraded(sources: Iterable[Source], grades: Mapping[str, str]) -> tuple[Source, ...]:
    """`sources` with the grades that admins gave; what is stored of them already keeps the grade it came with."""
    return tuple(replace(one, grade=grades[one.id]) if one.id in grades else one for one in sources)
