import asyncio
import shutil
import subprocess
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeAlias

import pytest
from redis.asyncio import Redis

from alerts.store.binaries import ServerBinary
from alerts.store.connection import LONGEST_BLOCK, StoreGone, StoreRefuses, WrongStoreUrl, connect, store_errors
from tests.support.redis import Server, free_port

Start: TypeAlias = Callable[..., Server]
SECRET = "hunting-the-snark"


@asynccontextmanager
async def answers_cut_off(behind: str, at: Path, *, when: Callable[[bytes], bool]) -> AsyncIterator[None]:
    """A proxy that carries every request to the server, and hangs up instead of answering the first of a kind."""
    cut = False

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal cut
        server_reader, server_writer = await asyncio.open_unix_connection(behind)
        while asked := await reader.read(65536):
            server_writer.write(asked)
            answer = await server_reader.read(65536)
            if when(asked) and not cut:
                cut = True
                break
            writer.write(answer)
        for end in (writer, server_writer):
            end.close()
            await end.wait_closed()

    async with await asyncio.start_unix_server(serve, at):
        yield


async def test_a_write_whose_answer_is_lost_is_not_repeated(redis: Redis, redis_server: Server, tmp_path: Path):
    proxy = tmp_path / "proxy.sock"
    async with answers_cut_off(redis_server.address, proxy, when=lambda asked: b"XADD" in asked):
        client = await connect(str(proxy))
        with pytest.raises(StoreGone), store_errors():
            await client.xadd("news", {"text": "once"})
        await client.aclose()

    assert await redis.xlen("news") == 1


async def test_the_library_alone_would_have_repeated_it(redis: Redis, redis_server: Server, tmp_path: Path):
    proxy = tmp_path / "proxy.sock"
    async with answers_cut_off(redis_server.address, proxy, when=lambda asked: b"XADD" in asked):
        client = Redis(unix_socket_path=str(proxy))
        await client.xadd("news", {"text": "twice"})
        await client.aclose()

    assert await redis.xlen("news") == 2


async def test_a_transaction_whose_answer_is_lost_is_not_repeated(redis: Redis, redis_server: Server, tmp_path: Path):
    proxy = tmp_path / "proxy.sock"
    async with answers_cut_off(redis_server.address, proxy, when=lambda asked: b"EXEC" in asked):
        client = await connect(str(proxy))
        with pytest.raises(StoreGone), store_errors():
            await client.pipeline(transaction=True).incr("count").incr("count").execute()
        await client.aclose()

    assert await redis.get("count") == "2"


async def test_a_client_goes_on_by_itself_after_its_server_was_gone(start_redis: Start):
    server = start_redis()
    client = await connect(server.address)
    server.kill()
    with pytest.raises(StoreGone), store_errors():
        await client.incr("count")

    server = start_redis()

    assert await client.incr("count") == 1
    await client.aclose()


async def test_texts_come_back_as_text(redis: Redis):
    await redis.set("place", "Ségou")

    assert await redis.get("place") == "Ségou"


async def test_a_blocking_read_may_take_its_time(redis: Redis):
    assert redis.connection_pool.connection_kwargs["socket_timeout"] > LONGEST_BLOCK.total_seconds()


async def test_a_unix_url_is_understood(redis_server: Server):
    client = await connect(f"unix://{redis_server.address}?db=3")

    assert (await client.client_info())["db"] == 3
    await client.aclose()


async def test_a_server_on_a_loopback_port_is_understood(start_redis: Start):
    server = start_redis(port=free_port())
    client = await connect(server.address)

    assert await client.xadd("news", {"text": "once"})
    await client.aclose()


async def test_a_password_opens_and_never_shows(start_redis: Start):
    port = free_port()
    server = start_redis(port=port)
    admin = await connect(server.address)
    await admin.config_set("requirepass", SECRET)
    await admin.aclose()

    client = await connect(f"redis://:{SECRET}@127.0.0.1:{port}/0")

    assert await client.ping()
    assert SECRET not in f"{client!r} {client.connection_pool!r}"
    await client.aclose()


async def test_a_wrong_password_is_refused_and_never_shows(start_redis: Start):
    port = free_port()
    start_redis("--requirepass", "another", port=port)

    with pytest.raises(StoreRefuses) as refused:
        await connect(f"redis://siraba:{SECRET}@127.0.0.1:{port}/0")

    assert f"redis://127.0.0.1:{port}" in str(refused.value)
    assert SECRET not in f"{refused.value!r} {refused.value} {refused.value.__cause__!r}"


@pytest.mark.parametrize(
    "address",
    [
        pytest.param(f"redis://:{SECRET}/x@127.0.0.1:6379", id="slash-in-the-password"),
        pytest.param(f"redis://127.0.0.1:{SECRET}", id="no-port"),
        pytest.param(f"https://:{SECRET}@127.0.0.1", id="another-scheme"),
        pytest.param(f"redis://:{SECRET}@127.0.0.1?db=first", id="no-number"),
        pytest.param(f"redis://[:{SECRET}", id="half-an-address"),
        pytest.param(f"redis://:{SECRET}@127.0.0.1?colour=red", id="unknown-option"),
    ],
)
async def test_an_address_that_is_none_is_refused_without_repeating_it(address: str):
    with pytest.raises(WrongStoreUrl) as refused:
        await connect(address)

    assert SECRET not in f"{refused.value!r} {refused.value}"
    assert refused.value.__cause__ is None


async def test_nobody_there_is_said_with_the_place(tmp_path: Path):
    with pytest.raises(StoreGone, match=f"Redis at {tmp_path}/none.sock cannot be used: .*No such file"):
        await connect(f"{tmp_path}/none.sock")


async def test_another_error_of_redis_keeps_its_name(redis: Redis):
    await redis.set("place", "Ségou")

    with pytest.raises(Exception, match="WRONGTYPE"), store_errors():
        await redis.lpush("place", "Mopti")


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not installed")
    pem = tmp_path / "server.pem"
    subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    new_key = ["-x509", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-days", "2"]
    subprocess.run([openssl, "req", *new_key, *subject, "-keyout", pem, "-out", pem], check=True, capture_output=True)  # noqa: S603
    return pem


@pytest.fixture
def tls_url(certificate: Path, start_redis: Start, redis_binary: ServerBinary) -> str:
    if redis_binary.version < (7,):
        pytest.skip("the wheel's redis-server is built without TLS")
    tls, files = free_port(), ("--tls-cert-file", "--tls-key-file", "--tls-ca-cert-file")
    options = [word for name in files for word in (name, str(certificate))]
    start_redis("--tls-port", str(tls), "--tls-auth-clients", "no", *options, port=free_port())
    return f"rediss://127.0.0.1:{tls}"


async def test_a_server_behind_tls_is_understood(tls_url: str, certificate: Path):
    client = await connect(f"{tls_url}?ssl_ca_certs={certificate}")

    assert await client.ping()
    await client.aclose()


async def test_a_server_with_an_unknown_certificate_is_refused(tls_url: str):
    with pytest.raises(StoreRefuses, match="CERTIFICATE_VERIFY_FAILED"):
        await connect(tls_url)
