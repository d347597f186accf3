"""How does a picture fill from top to bottom?

A `Sheet` takes lines of words and shapes, and remembers where the next line goes. Beneath a line in a language that is
still a draft stands the French one.
"""

from alerts.pictures import patterns, svg
from alerts.pictures.facts import Mark, Said, Told
from alerts.pictures.letters import width, wrap

WIDTH = 360
MARGIN = 16
LEADING = 1.32
SMALL = 13.5
"""The smallest words: still read at arm's length on a screen 360 wide."""


class Sheet:
    """One picture as it grows; `y` is where it ends so far."""

    def __init__(self) -> None:
        self.y = float(MARGIN)
        self._shapes: list[str] = []
        self._on_top: list[str] = []

    def write(
        self,
        said: Said,
        *,
        x: float = MARGIN,
        size: float = SMALL,
        bold: bool = False,
        fill: str = svg.INK,
        kept: float = 0,
    ) -> None:
        """Words from `x` to the right margin, in as many lines as they take; `kept` is room left free on the right."""
        for number, text in enumerate(said):
            colour = fill if number == 0 else svg.FAINT
            weight = bold and number == 0
            points = size if number == 0 else min(size, SMALL)
            for line in wrap(text, room=WIDTH - MARGIN - x - kept, size=points, bold=weight):
                self.y += points * LEADING
                self.draw([svg.text(line, (x, self.y - 0.3 * points), size=points, bold=weight, fill=colour)])

    def boxed(self, said: Said, *, x: float) -> None:
        """Words in a frame, for what must not be taken for news."""
        top = self.y + 3
        self.y += 2
        self.write(said, x=x + 5, bold=True)
        reach = max(width(text, size=SMALL, bold=True) for text in said)
        self.y += 4
        frame = min(reach, WIDTH - MARGIN - x - 5) + 10
        self.draw([svg.box((x, top), width=frame, height=self.y - top, edge=svg.FAINT)])

    def draw(self, shapes: list[str]) -> None:
        """Shapes where they say."""
        self._shapes += shapes

    def draw_on_top(self, shapes: list[str]) -> None:
        """Shapes over all that is drawn before and after."""
        self._on_top += shapes

    def gap(self, height: float) -> None:
        """Empty paper."""
        self.y += height

    def rule(self) -> None:
        """A thin line across."""
        self.draw([svg.stroke(((MARGIN, self.y), (WIDTH - MARGIN, self.y)), colour=svg.FAINT, width=1)])

    def tell(self, mark: Mark, *, where: str, label: str = "") -> None:
        """A mark with what it says beside it, under the name of the place it tells of."""
        at = (MARGIN + 11, self.y + 0.9 * SMALL)
        self.draw_on_top(patterns.mark(at, alarms=mark.alarms, label=label, radius=8))
        self.write((where,), x=MARGIN + 30, size=14, bold=True)
        for said in mark.lines:
            self.write(said, x=MARGIN + 30)

    def open_with(self, told: Told, *, ways: int) -> None:
        """What every picture begins with: from where to where, how long the first `ways` are, when it was made."""
        self.write(told.title, size=20, bold=True)
        for line in told.lengths[:ways]:
            self.write(line, size=15)
        for line in told.dates:
            self.write(line, fill=svg.FAINT)
        self.gap(8)
        self.rule()
        if told.wide:
            self.gap(6)
            self.tell(told.wide, where=told.wide_area[0])
            self.gap(6)
            self.rule()

    def close_with(self, told: Told) -> None:
        """What every picture ends with: that silence is no safety, and that this is no advice."""
        self.rule()
        self.gap(4)
        for line in told.closing:
            self.write(line, size=14, bold=True)

    def finished(self) -> str:
        """The picture as SVG."""
        return svg.document([*self._shapes, *self._on_top], width=WIDTH, height=round(self.y + MARGIN))
