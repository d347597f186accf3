"""How does the demo become a page of the documentation? `python -m bot.demo.page docs/demo.md` tells it once more."""

import argparse
import subprocess
import sys
from pathlib import Path

HEAD = """# The demo, as it is printed

`make demo` runs the whole job on one machine, without a token and without asking anyone on the network, and ends by
itself. On a terminal it then lets you type as any of the three people: their number and the words
(`1 /route Kayes Bamako`), a button's number to tap it, `q` to quit.

What follows is one run, written by `make transcript`. The story is data, `bot/demo/story.toml`:
what feeds publish, what people type, and which messages must then arrive, where, once. What arrived is asked of the
stand-in for Telegram, not of the bot; if anything is missing, repeated or in another chat, the demo says so and ends
with status 1.
"""


def main() -> int:
    """Run the demo and write the page; where the demo fails, its own status, and the page stays as it is."""
    parser = argparse.ArgumentParser(prog="python -m bot.demo.page", description="Write one run of the demo as a page.")
    parser.add_argument("path", type=Path)
    path: Path = parser.parse_args().path
    told = subprocess.run(
        [sys.executable, "-m", "bot", "demo"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if told.returncode:
        sys.stderr.write(told.stdout + told.stderr)
        return told.returncode
    path.write_text(page(told.stdout), encoding="utf-8")
    return 0


def page(transcript: str) -> str:
    """The page around a transcript."""
    body = "\n".join(line.rstrip() for line in transcript.strip().splitlines())
    return f"{HEAD}\n```text\n{body}\n```\n"


if __name__ == "__main__":
    raise SystemExit(main())
