"""How fast is it here? `python -m benchmarks [NAME…] [--quick]` prints figures and asserts none.

What the figures were on one machine, and what they mean, is in docs/benchmarks.md.
"""

import argparse
import os
import platform
import time
from importlib import import_module

os.environ.setdefault("PTB_TIMEDELTA", "1")  # read when python-telegram-bot builds a refusal; without it, it warns

NAMES = ("geography", "answers", "talk", "reading", "incidents", "pictures", "sources", "delivery", "scale")
ON_REQUEST = ("million",)  # takes minutes and a gigabyte


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Figures, no verdict.")
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"any of {', '.join(NAMES + ON_REQUEST)}; the last only where named"
    )
    parser.add_argument("--quick", action="store_true", help="fewer repetitions and chats")
    options = parser.parse_args()
    if unknown := set(options.names) - set(NAMES + ON_REQUEST):
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}")
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores")
    began = time.perf_counter()
    for name in options.names or NAMES:
        import_module(f"benchmarks.{name}").run(quick=options.quick)
    print(f"\n{time.perf_counter() - began:.0f} s in all")


if __name__ == "__main__":
    main()
