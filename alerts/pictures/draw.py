"""Which picture answers a question about a way, and what does it weigh?

A picture is made when somebody asks for one, as SVG, and leaves as PNG: two pixels to a unit, letters without grey
edges, which halves its weight on a slow line.
"""

from datetime import datetime
from enum import StrEnum

import resvg_py

from alerts.geography.atlas import Atlas
from alerts.incidents.outlook import Outlook
from alerts.pictures.corridor import corridor
from alerts.pictures.facts import facts_of
from alerts.pictures.letters import font_files
from alerts.pictures.sheet import WIDTH
from alerts.pictures.strip import strip
from alerts.pictures.tongues import Tongues
from alerts.wording.voice import Voice

PIXELS = (2 * WIDTH, 600, 480, WIDTH)
"""How wide a picture may be, the sharpest first."""

HEAVIEST = 60_000  # bytes


class PictureKind(StrEnum):
    """How a way can be drawn."""

    STRIP = "strip"
    MAP = "map"


def draw(outlook: Outlook, *, atlas: Atlas, voice: Voice, now: datetime, kind: PictureKind) -> bytes:
    """The picture as PNG, as sharp as 60 kB allow. Its dates are written in the zone of `now`, which is aware."""
    picture = draw_svg(outlook, atlas=atlas, voice=voice, now=now, kind=kind)
    for pixels in PIXELS:
        drawn = png(picture, pixels=pixels)
        if len(drawn) <= HEAVIEST:
            break
    return drawn


def draw_svg(outlook: Outlook, *, atlas: Atlas, voice: Voice, now: datetime, kind: PictureKind) -> str:
    """The same as SVG, whose words and patterns can be read."""
    tongues = Tongues(voice.language, atlas=atlas)
    told = facts_of(outlook, tongues, now=now)
    match kind:
        case PictureKind.STRIP:
            return strip(told, atlas.places)
        case PictureKind.MAP:
            return corridor(told, atlas.places, tongues=tongues)


def png(picture: str, *, pixels: int = PIXELS[0]) -> bytes:
    """`picture` in pixels, `pixels` wide."""
    drawn = resvg_py.svg_to_bytes(
        svg_string=picture,
        width=pixels,
        skip_system_fonts=True,
        font_files=font_files(),
        text_rendering="optimize_speed",
    )
    return bytes(drawn)
