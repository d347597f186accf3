"""How are figures taken and shown?"""

import time
from collections.abc import Callable, Iterable, Sequence
from statistics import median, quantiles

_PERCENT = 100


def timed(work: Callable[[], object], *, times: int = 1) -> list[float]:
    """Milliseconds of each of `times` runs."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - began))
    return taken


def p99(values: Sequence[float]) -> float:
    return quantiles(values, n=_PERCENT, method="inclusive")[-1] if len(values) > 1 else values[0]


def spread(values: Sequence[float]) -> tuple[str, str, str]:
    """Median, p99 and the worst, in milliseconds."""
    return tuple(f"{value:.3g}" for value in (median(values), p99(values), max(values)))  # type: ignore[return-value]


def show(title: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table as Markdown, so that it can be pasted into docs/benchmarks.md."""
    lines = [[str(cell) for cell in row] for row in (head, *rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    print(f"\n### {title}\n")
    for number, line in enumerate(lines):
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |")
        if number == 0:
            print("|" + "|".join("-" * (width + 2) for width in widths) + "|", flush=True)
