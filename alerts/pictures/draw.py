"""Which picture answers a question about a way, and what does it weigh?

A picture is made when somebody asks for one, as SVG, and leaves as PNG: two pixels to a unit, letters without grey
edges, which halves its weight on a slow line.
"""

import re
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

PIXELS = (2 * WIDTH, 600, 540, 480, 420, WIDTH)
"""How wide a picture may be, the sharpest first."""

HEAVIEST = 60_000  # bytes
_LETTER = 0.09  # bytes that a letter adds for each pixel of width, about: the first guess is then seldom wrong
_WORDS = re.compile(r">([^<]+)</text>")


class PictureKind(StrEnum):
    """How a way can be drawn."""

    STRIP = "strip"
    MAP = "map"


def draw(outlook: Outlook, *, atlas: Atlas, voice: Voice, now: datetime, kind: PictureKind) -> bytes:
    """The picture as PNG, as sharp as 60 kB allow. Its dates are written in the zone of `now`, which is aware."""
    picture = draw_svg(outlook, atlas=atlas, voice=voice, now=now, kind=kind)
    letters = sum(map(len, _WORDS.findall(picture)))
    pixels = _widest(HEAVIEST / (_LETTER * letters + 1))
    drawn = png(picture, pixels=pixels)
    while len(drawn) > HEAVIEST and pixels > PIXELS[-1]:
        pixels = _widest(min(pixels - 1, pixels * HEAVIEST / len(drawn)))
        drawn = png(picture, pixels=pixels)
    return drawn


def _widest(most: float) -> int:
    """The sharpest width that is no more than `most`, else the least sharp."""
    return next((pixels for pixels in PIXELS if pixels <= most), PIXELS[-1])


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
