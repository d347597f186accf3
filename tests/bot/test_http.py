import asyncio
from typing import Any

import aiohttp
import pytest

from bot.http import SECRET_HEADER, PortError, served

SECRET = "hush-hush_1"


@pytest.fixture
def port(unused_tcp_port: int) -> int:
    return unused_tcp_port


async def well() -> dict[str, Any]:
    return {"ok": True, "redis": True, "telegram": True, "halted": 0, "outbox": 3}


async def unwell() -> dict[str, Any]:
    return {"ok": False, "redis": False, "telegram": True, "halted": 0, "outbox": None}


class Inbox:
    """Notes what it takes; refuses it when told to."""

    def __init__(self, *, answer: bool = True) -> None:
        self.taken: list[dict[str, Any]] = []
        self.answer = answer

    async def take(self, update: dict[str, Any]) -> bool:
        self.taken.append(update)
        return self.answer


async def push(port: int, body: str | bytes, *, secret: str | None = SECRET, path: str = "/telegram") -> int:
    headers = {} if secret is None else {SECRET_HEADER: secret}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"http://127.0.0.1:{port}{path}", data=body, headers=headers) as answer,
    ):
        assert await answer.read() == b"" or answer.status >= 400
        return answer.status


@pytest.mark.parametrize(("health", "status"), [(well, 200), (unwell, 503)], ids=["well", "unwell"])
async def test_health_is_a_status_and_its_reasons(health: Any, status: int, port: int):
    async with (
        served(port, health=health),
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}/healthz") as answer,
    ):
        assert answer.status == status
        assert await answer.json() == await health()


async def test_an_update_with_the_secret_is_taken(port: int):
    inbox = Inbox()
    async with served(port, health=well, take=inbox.take, secret=SECRET):
        assert await push(port, '{"update_id": 7, "message": {"text": "é"}}') == 200
    assert inbox.taken == [{"update_id": 7, "message": {"text": "é"}}]


@pytest.mark.parametrize("secret", [None, "", "hush", SECRET.upper(), f"{SECRET} x", "é"])
async def test_without_the_secret_nothing_is_taken(secret: str | None, port: int):
    inbox = Inbox()
    async with served(port, health=well, take=inbox.take, secret=SECRET):
        assert await push(port, '{"update_id": 7}', secret=secret) == 403
    assert inbox.taken == []


@pytest.mark.parametrize(
    "body",
    [
        "",
        "no json",
        "[]",
        "7",
        '"update_id"',
        "{}",
        '{"update_id": null}',
        '{"update_id": "7"}',
        b"\xff\xfe",
        "[" * 99999,
    ],
    ids=["empty", "text", "list", "number", "string", "no-id", "null-id", "text-id", "bytes", "deep"],
)
async def test_what_is_no_update_is_refused(body: str | bytes, port: int):
    inbox = Inbox()
    async with served(port, health=well, take=inbox.take, secret=SECRET):
        assert await push(port, body) == 400
    assert inbox.taken == []


async def test_what_was_not_taken_is_to_be_pushed_again(port: int):
    async with served(port, health=well, take=Inbox(answer=False).take, secret=SECRET):
        assert await push(port, '{"update_id": 7}') == 503


async def test_without_a_webhook_only_health_is_served(port: int):
    async with served(port, health=well):
        assert await push(port, '{"update_id": 7}') == 404


async def test_an_update_is_confirmed_only_when_it_has_been_taken(port: int):
    order: list[str] = []
    go = asyncio.Event()

    async def slowly(_: dict[str, Any]) -> bool:
        await go.wait()
        order.append("stored")
        return True

    async def confirm(port: int) -> None:
        assert await push(port, '{"update_id": 7}') == 200
        order.append("confirmed")

    async with served(port, health=well, take=slowly, secret=SECRET):
        pushing = asyncio.create_task(confirm(port))
        await asyncio.sleep(0)
        go.set()
        await pushing
    assert order == ["stored", "confirmed"]


async def test_a_port_in_use_is_named(port: int):
    async with served(port, health=well):
        with pytest.raises(PortError, match=f"SIRABA_HTTP_PORT: {port} can't be served"):
            async with served(port, health=well):
                pass
