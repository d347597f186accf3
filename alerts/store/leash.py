"""How does a child process die with its parent, even at kill -9?

Run as a program: `python leash.py PARENT LOCK COMMAND...`. It asks the kernel for SIGTERM at the parent's death,
writes its process id into the open file LOCK (a descriptor), and becomes COMMAND. That is done here, after the
fork, because code that runs between fork and exec in a process with threads may hang.

The kernel ties the wish to the *thread* that forked: whoever starts a child on this leash must do so from a thread
that lives as long as the child should; asyncio forks from the thread of its event loop.
"""

import ctypes
import os
import signal
import sys
from collections.abc import Sequence

_PR_SET_PDEATHSIG = 1


def leashed(command: Sequence[str], *, lock: int) -> list[str]:
    """Give the command line that runs `command` on the calling process's leash; pass `lock` on with `pass_fds`."""
    # -I and -S: nothing of the environment or of site-packages is needed, and the start is quick.
    return [sys.executable, "-I", "-S", __file__, str(os.getpid()), str(lock), *command]


def _become(parent: int, lock: int, command: list[str]) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        sys.exit("The parent died before the leash was on.")
    os.ftruncate(lock, 0)
    os.pwrite(lock, str(os.getpid()).encode(), 0)
    os.execv(command[0], command)  # noqa: S606 -- no shell is wanted


if __name__ == "__main__":
    _become(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
