"""How is the stand-in started from another program, and when does it end?"""

import json
import subprocess
import sys

TOKEN = "4242:stand-in"  # noqa: S105 - opens nothing but the stand-in


class StandInError(Exception):
    """The stand-in would not do what it was told; the message says why."""


class TelegramProcess:
    """The server as a child process. It outlives the bot it serves, and ends with `stop` or with this process."""

    def __init__(self, *, seed: int = 1, port: int = 0) -> None:
        command = [sys.executable, "-m", "bot.demo.telegram", "--with-parent", "--seed", str(seed), "--port", str(port)]
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None  # noqa: S101 - asked for a pipe
        line = self._process.stdout.readline()
        if not line:
            self.stop()
            raise StandInError("the stand-in did not start; see what it wrote to stderr")
        self.url: str = json.loads(line)["url"]

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    def stop(self) -> None:
        """End it and wait until it is gone."""
        self._process.terminate()
        self._process.communicate()
