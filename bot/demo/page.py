"""How does the demo become a page of the documentation? `python -m bot.demo.page > docs/demo.md` tells it once more."""

import subprocess
import sys

HEAD = """# The demo, as it is printed

`make demo` runs the whole job on one machine, without a network or a token, and ends by itself. On a terminal it then
lets you type as any of the three people: their number and the words (`1 /route Kayes Bamako`), a button's number to tap
it, `q` to quit.

What follows is one run, written by `python -m bot.demo.page`. The story is data, `bot/demo/story.toml`: what feeds
publish, what people type, and which messages must then arrive, where, once. What arrived is asked of the stand-in for
Telegram, not of the bot; if anything is missing, repeated or in another chat, the demo says so and ends with status 1.
"""


def main() -> int:
    """Run the demo and print the page; the demo's own status, and no page, where it fails."""
    told = subprocess.run(
        [sys.executable, "-m", "bot", "demo"], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if told.returncode:
        sys.stderr.write(told.stdout + told.stderr)
        return told.returncode
    sys.stdout.write(page(told.stdout))
    return 0


def page(transcript: str) -> str:
    """The page around a transcript."""
    return f"{HEAD}\n```text\n{transcript.strip()}\n```\n"


if __name__ == "__main__":
    raise SystemExit(main())
