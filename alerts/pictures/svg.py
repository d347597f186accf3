"""How are shapes and words written as SVG?

One unit is a pixel of a screen 360 wide. Shapes are strings; a picture is their sequence, later ones on top.
"""

from collections.abc import Iterable, Sequence
from html import escape

from alerts.pictures.letters import FAMILY

Point = tuple[float, float]

PAPER = "#faf8f2"
INK = "#1b1b1b"
FAINT = "#55534e"


def document(shapes: Iterable[str], *, width: float, height: float) -> str:
    """The whole picture, on paper of its own: it reads alike on a light and on a dark screen."""
    frame = f'<rect width="{width:g}" height="{height:g}" fill="{PAPER}"/>'
    edge = f'<rect x="1" y="1" width="{width - 2:g}" height="{height - 2:g}" fill="none" stroke="{FAINT}"/>'
    size = f'viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{frame}{edge}{"".join(shapes)}</svg>'


def text(
    said: str, at: Point, *, size: float, bold: bool = False, fill: str = INK, anchor: str = "start", halo: float = 0
) -> str:
    """One line of words, its baseline at `at`; `halo` keeps it readable over lines."""
    weight = ' font-weight="bold"' if bold else ""
    edge = f' stroke="{PAPER}" stroke-width="{halo:g}" paint-order="stroke"' if halo else ""
    place = f'x="{at[0]:.1f}" y="{at[1]:.1f}" text-anchor="{anchor}"'
    return (
        f'<text {place} font-family="{FAMILY}" font-size="{size:g}"{weight} fill="{fill}"{edge}>{escape(said)}</text>'
    )


def stroke(points: Sequence[Point], *, colour: str, width: float, dashes: str = "", cap: str = "butt") -> str:
    """A line through `points`."""
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    look = f'stroke="{colour}" stroke-width="{width:g}" stroke-linecap="{cap}" stroke-linejoin="round"{dashed}'
    return f'<polyline points="{path}" fill="none" {look}/>'


def circle(at: Point, *, radius: float, fill: str, edge: str = INK, width: float = 2) -> str:
    """A circle around `at`."""
    place = f'cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="{radius:g}"'
    return f'<circle {place} fill="{fill}" stroke="{edge}" stroke-width="{width:g}"/>'


def diamond(at: Point, *, radius: float, fill: str) -> str:
    """A square on its corner around `at`, edged with paper."""
    x, y = at
    corners = ((x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y))
    path = " ".join(f"{across:.1f},{down:.1f}" for across, down in corners)
    return f'<polygon points="{path}" fill="{fill}" stroke="{PAPER}" stroke-width="1.5"/>'


def box(corner: Point, *, width: float, height: float, edge: str) -> str:
    """A frame with round corners, its upper left one at `corner`."""
    place = f'x="{corner[0]:.1f}" y="{corner[1]:.1f}" width="{width:.1f}" height="{height:.1f}"'
    return f'<rect {place} rx="3" fill="none" stroke="{edge}" stroke-width="1.2"/>'
