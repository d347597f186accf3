"""`siraba check`: one line for each part, and a status that says whether the service could run."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from redis.asyncio import Redis

from alerts.sources.model import FeedMarks
from alerts.store.commit import Batch
from alerts.store.store import Store
from bot.cli import main
from bot.clock import utc_now
from bot.demo.feeds import FeedFault, FeedServer
from bot.demo.telegram.client import Telegram
from tests.support.builders import NOW
from tests.support.redis import Server

SOURCE = '[[source]]\nid = "{id}"\nurl = "{url}"\ngrade = "B"\n{more}\n'


@pytest.fixture
async def feeds() -> AsyncIterator[FeedServer]:
    async with FeedServer() as feeds:
        for number in range(3):
            feeds.publish("tamani", title=f"Kayes {number}", summary="", published=NOW - timedelta(hours=number))
        yield feeds


@pytest.fixture
def an_empty_redis(redis: Redis, redis_server: Server) -> str:
    """Where it is; what an earlier test left is gone."""
    return redis_server.address


@pytest.fixture(autouse=True)
def _an_instance_in_order(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    telegram: Telegram,
    feeds: FeedServer,
    an_empty_redis: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "broken.toml").write_bytes(b'[[source\n\xff"')
    (tmp_path / "sources.toml").write_text(
        SOURCE.format(id="tamani", url=feeds.url("tamani"), more="")
        + SOURCE.format(id="other", url=feeds.url("other"), more='terms = "forbidden"')
    )
    for name, value in {
        "BOT_TOKEN": telegram.token,
        "BOT_API_URL": telegram.url,
        "REDIS_URL": f"unix://{an_empty_redis}",
        "DATA_DIR": str(tmp_path / "data"),
        "FEEDS": "sources.toml",
        "PRIVATE_FEEDS": "true",
    }.items():
        monkeypatch.setenv(f"SIRABA_{name}", value)


async def checked(capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, dict[str, Any]], str]:
    """The status, the lines by part, and stderr; the command runs in a thread, since a test has a loop already."""
    status = await asyncio.to_thread(main, ["check"])
    out, err = capsys.readouterr()
    lines = [json.loads(line) for line in out.splitlines()]
    assert all(set(line) == {"part", "state", "text"} for line in lines)
    return status, {line["part"]: line for line in lines}, err


async def test_an_instance_in_order_is_all_ok(capsys: pytest.CaptureFixture[str]):
    status, lines, err = await checked(capsys)
    assert status == 0
    assert list(lines) == ["settings", "data files", "redis", "bot api", "source tamani", "source other"]
    assert {line["state"] for line in lines.values()} == {"ok"}
    assert lines["source tamani"]["text"].startswith("grade B; 3 entries; newest ")
    assert lines["source tamani"]["text"].endswith("0 in 7 days; 100 % on Mali")
    assert lines["source other"]["text"].startswith("off (terms forbidden")
    assert lines["bot api"]["text"].startswith("@")
    assert err == ""


async def test_a_source_line_tells_how_the_service_fares_with_it(capsys: pytest.CaptureFixture[str], redis: Redis):
    now = utc_now()
    marks = FeedMarks(
        source_id="tamani",
        checked_at=now - timedelta(minutes=9),
        succeeded_at=now - timedelta(hours=7),
        failures=5,
        last_failure="a web page, not a feed",
    )
    await Store.over(redis).commit(Batch(marks=(marks,)), now=now)
    status, lines, _ = await checked(capsys)
    assert status == 0
    assert lines["source tamani"]["state"] == "warning"
    assert lines["source tamani"]["text"].endswith(
        "the service asked 9 min ago; and last read it 7 h ago; then: a web page, not a feed"
    )


@pytest.mark.parametrize("fault", list(FeedFault)[:3])
async def test_a_dead_source_is_a_warning_with_its_reason(
    capsys: pytest.CaptureFixture[str], feeds: FeedServer, fault: FeedFault
):
    feeds.fail("tamani", fault)
    status, lines, _ = await checked(capsys)
    assert status == 0
    assert lines["source tamani"]["state"] == "warning"
    assert lines["source tamani"]["text"]


@pytest.mark.parametrize(
    ("name", "value", "part"),
    [
        pytest.param("LANGUAGE", "de", "settings", id="setting"),
        pytest.param("BOT_TOKEN", "", "bot api", id="no-token"),
        pytest.param("BOT_TOKEN", "987654:wrong_but_long_enough", "bot api", id="wrong-token"),
        pytest.param("BOT_API_URL", "http://127.0.0.1:9", "bot api", id="no-telegram"),
        pytest.param("REDIS_URL", "unix:///nowhere/redis.sock", "redis", id="no-redis"),
        pytest.param("FEEDS", "broken.toml", "sources", id="broken-sources"),
        pytest.param("PLACES", "broken.toml", "data files", id="broken-places"),
    ],
)
async def test_what_the_service_could_not_run_without_is_a_fault(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str, value: str, part: str
):
    monkeypatch.setenv(f"SIRABA_{name}", value)
    status, lines, err = await checked(capsys)
    assert status == 1
    assert [one for one, line in lines.items() if line["state"] == "fault"] == [part]
    assert lines[part]["text"]
    assert "wrong_but_long_enough" not in str(lines) + err


async def test_the_embedded_redis_is_started_looked_at_and_stopped(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delenv("SIRABA_REDIS_URL")
    status, lines, _ = await checked(capsys)
    assert status == 0
    assert lines["redis"]["text"].startswith("version ")
