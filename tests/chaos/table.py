"""What do many trials show, and how much does it prove?"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean

from tests.chaos.trials import Trial

HEAD = ("what was done", "trials", "lost", "repeated: mean, most", "in flight: mean, most", "what it bounds (95 %)")
_THREE = 3.0  # the rule of three: nothing in n trials bounds the rate below 3/n, with 95 % confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """All trials of one kind."""

    kind: str
    trials: Sequence[Trial]

    def cells(self) -> list[str]:
        """For the table."""
        lost = sum(trial.lost for trial in self.trials)
        bad = sum(not trial.is_good for trial in self.trials)
        return [
            self.kind,
            str(len(self.trials)),
            str(lost),
            _spread([trial.repeated for trial in self.trials]),
            _spread([trial.in_flight for trial in self.trials]),
            f"nothing: {bad} went wrong" if bad else f"a loss in fewer than {_percent(len(self.trials))} of them",
        ]


def table(trials: Sequence[Trial]) -> str:
    """A table in Markdown: a row for each kind, then one for all kills."""
    kinds = list(dict.fromkeys(trial.kind for trial in trials))
    rows = [Row(kind=kind, trials=[trial for trial in trials if trial.kind == kind]) for kind in kinds]
    kills = [trial for trial in trials if trial.kind.startswith("kill")]
    if kills:
        rows.append(Row(kind="**all kills**", trials=kills))
    lines: list[Sequence[str]] = [HEAD, ["---"] * len(HEAD), *(row.cells() for row in rows)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def _spread(numbers: Sequence[int]) -> str:
    return f"{mean(numbers):.1f}, {max(numbers)}"


def _percent(trials: int) -> str:
    return f"{100 * min(1.0, _THREE / trials):.1f} %"
