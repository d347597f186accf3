"""A replicated Redis as an operator runs one: three servers and a Sentinel, real processes on loopback."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from redis import Redis

from alerts.store.binaries import ServerBinary
from tests.support.redis import Server, free_port, start_sentinel, start_server

SERVICE = "siraba"
DURABLE = ("--appendonly", "yes", "--appendfsync", "always", "--repl-diskless-sync-delay", "0")
REPLICATED = ("--min-replicas-to-write", "1", "--min-replicas-max-lag", "3")


@dataclass(frozen=True, slots=True, kw_only=True)
class Replicated:
    """The servers by port, and the Sentinel that watches them."""

    servers: dict[int, Server]
    sentinel_port: int

    @property
    def address(self) -> str:
        """What `connect` and `SIRABA_REDIS_URL` take."""
        return f"redis+sentinel://127.0.0.1:{self.sentinel_port}/{SERVICE}"

    @property
    def master(self) -> Server:
        """The server that Sentinel calls the master now."""
        with self._sentinel() as sentinel:
            _, port = sentinel.execute_command("SENTINEL", "GET-MASTER-ADDR-BY-NAME", SERVICE)
        return self.servers[int(port)]

    def fail_over(self) -> None:
        """As docs/operations.md has it done: a replica takes over, the master becomes a replica.

        Without the pause the old master goes on taking writes for the second that Sentinel needs, and then drops them.
        """
        with self._sentinel() as sentinel, Redis.from_url(self.master.address) as master:
            master.execute_command("CLIENT", "PAUSE", "4000", "WRITE")
            sentinel.execute_command("SENTINEL", "FAILOVER", SERVICE)

    def await_replicas(self) -> None:
        """Wait until the master has all others in step, and Sentinel knows them."""
        deadline = time.monotonic() + 30
        while not self._is_whole():
            assert time.monotonic() < deadline, "the replicas do not come into step"
            time.sleep(0.05)

    def _is_whole(self) -> bool:
        with self._sentinel() as sentinel, Redis.from_url(self.master.address) as master:
            known = [one for one in sentinel.sentinel_slaves(SERVICE) if not one["is_sdown"]]
            replicas = master.info("replication")
            online = [replicas.get(f"slave{number}", {}).get("state") for number in range(len(self.servers) - 1)]
        return len(known) == len(online) and set(online) == {"online"}

    def _sentinel(self) -> Redis:
        return Redis(port=self.sentinel_port)


@contextmanager
def replicated(binary: ServerBinary, folder: Path) -> Iterator[Replicated]:
    """Start them, wait until Sentinel sees both replicas, and stop them at the end."""
    with ExitStack() as to_stop:
        servers: dict[int, Server] = {}
        first = free_port()
        for port in (first, free_port(), free_port()):
            follows = ("--replicaof", "127.0.0.1", str(first)) if servers else ()
            servers[port] = start_server(binary, folder / str(port), *DURABLE, *REPLICATED, *follows, port=port)
            to_stop.callback(servers[port].kill)
        sentinel = start_sentinel(
            binary,
            folder / "sentinel",
            f"sentinel monitor {SERVICE} 127.0.0.1 {first} 1",
            f"sentinel down-after-milliseconds {SERVICE} 1000",
            f"sentinel failover-timeout {SERVICE} 5000",
            port=free_port(),
        )
        to_stop.callback(sentinel.kill)
        whole = Replicated(servers=servers, sentinel_port=int(sentinel.address.rpartition(":")[2]))
        whole.await_replicas()
        yield whole


@pytest.fixture
def cluster(redis_binary: ServerBinary, tmp_path: Path) -> Iterator[Replicated]:
    with replicated(redis_binary, tmp_path / "cluster") as started:
        yield started
