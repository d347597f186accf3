"""Which server is the master now? Sentinel knows; every new connection asks it.

The address is `redis+sentinel://user:password@host:port,host:port/service` (`rediss+sentinel://` for TLS to the
servers). User and password are those of the servers; a Sentinel that wants its own gets `sentinel_username` and
`sentinel_password` from the query. `db` and redis-py's other options go there, too.
"""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from redis.asyncio import BlockingConnectionPool
from redis.asyncio.connection import Connection, SSLConnection, parse_url
from redis.asyncio.retry import Retry
from redis.asyncio.sentinel import Sentinel
from redis.backoff import NoBackoff

from alerts.store.replica import LeavesReplicas

SCHEMES = ("redis+sentinel", "rediss+sentinel")
_PORT = 26379
_PATIENCE = 2.0  # seconds for one Sentinel; then the next one is asked


@dataclass(frozen=True, slots=True, kw_only=True)
class SentinelAddress:
    """Where Sentinels are, and which service they are asked for; `options` holds what redis-py reads, passwords too."""

    hosts: tuple[tuple[str, int], ...]
    service: str
    tls: bool
    options: dict[str, Any] = field(repr=False)
    own: dict[str, str] = field(repr=False)

    @property
    def place(self) -> str:
        """For a message: without user, password and options."""
        scheme = SCHEMES[self.tls]
        return f"{scheme}://{','.join(f'{host}:{port}' for host, port in self.hosts)}/{self.service}"


def parse_sentinel(address: str) -> SentinelAddress:
    """Read an address.

    Raises:
        ValueError: it is none.
    """
    parts = urlsplit(address)
    credentials, _, hosts = parts.netloc.rpartition("@")
    service = parts.path.strip("/")
    if parts.scheme not in SCHEMES or not hosts or not service or "/" in service:
        raise ValueError("a Sentinel address names hosts and a service")
    query = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
    own = {name.removeprefix("sentinel_"): query.pop(name) for name in list(query) if name.startswith("sentinel_")}
    tls = parts.scheme.startswith("rediss")
    plain = f"{'rediss' if tls else 'redis'}://{credentials}{'@' if credentials else ''}localhost?{urlencode(query)}"
    options = {name: value for name, value in parse_url(plain).items() if name not in {"host", "connection_class"}}
    return SentinelAddress(
        hosts=tuple(_host(host) for host in hosts.split(",")), service=service, tls=tls, options=options, own=own
    )


class MasterPool(BlockingConnectionPool):
    """Connections to whichever server is the master when each is made."""

    def __init__(self, address: SentinelAddress, **options: Any) -> None:
        self._sentinel = Sentinel(
            address.hosts,
            sentinel_kwargs={
                "socket_timeout": _PATIENCE,
                "socket_connect_timeout": _PATIENCE,
                "retry": Retry(NoBackoff(), 0),
                **address.own,
            },
        )
        kind = _SecureToMaster if address.tls else _ToMaster
        asks = {"sentinel": self._sentinel, "service": address.service}
        super().__init__(connection_class=kind, **(options | asks | address.options))

    async def disconnect(self, inuse_connections: bool = True) -> None:  # noqa: FBT001, FBT002 - as redis-py has it
        """Close the connections, those to the Sentinels too."""
        await super().disconnect(inuse_connections)
        await self._sentinel.aclose()


def _host(text: str) -> tuple[str, int]:
    parts = urlsplit(f"//{text}")
    if not parts.hostname:
        raise ValueError("a Sentinel has a host")
    return parts.hostname, parts.port or _PORT


class _ToMaster(LeavesReplicas, Connection):
    """Asks for the master each time it connects."""

    def __init__(self, *, sentinel: Sentinel, service: str, **options: Any) -> None:
        super().__init__(**options)
        self._sentinel = sentinel
        self._service = service

    async def connect(self) -> None:
        """Connect to the server that is the master now."""
        if not self.is_connected:
            self.host, self.port = await self._sentinel.discover_master(self._service)
        await super().connect()


class _SecureToMaster(_ToMaster, SSLConnection):
    """The same over TLS."""
