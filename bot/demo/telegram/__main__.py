"""How does the stand-in run? `python -m bot.demo.telegram --port 0 --seed 1`, until SIGTERM."""

import argparse
import asyncio
import json
import signal
import sys

from aiohttp import web

from bot.demo.telegram.process import TOKEN
from bot.demo.telegram.server import Server

HOST = "127.0.0.1"


def read_arguments() -> argparse.Namespace:
    """Return what the command line says."""
    parser = argparse.ArgumentParser(prog="python -m bot.demo.telegram", description="A stand-in for Telegram.")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one, which the first line of output names")
    parser.add_argument("--seed", type=int, default=1, help="decides every accident")
    parser.add_argument("--token", default=TOKEN, help="the one bot's token, <number>:<anything>")
    parser.add_argument("--with-parent", action="store_true", help="end when standard input is closed")
    return parser.parse_args()


async def serve(arguments: argparse.Namespace) -> None:
    """Serve until asked to stop."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    if arguments.with_parent:
        # The parent holds the other end of this pipe; however it dies, the end closes.
        loop.add_reader(sys.stdin.fileno(), stop.set)
    app = Server(arguments.token, arguments.seed).application()
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, HOST, arguments.port, backlog=1024)
    await site.start()
    print(json.dumps({"url": f"http://{HOST}:{runner.addresses[0][1]}"}), flush=True)
    await stop.wait()
    await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(serve(read_arguments()))
