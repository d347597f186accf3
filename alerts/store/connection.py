"""How does this project talk to Redis, and what does it say when Redis is gone?

redis-py repeats a command whose answer it did not get, so that one logical XADD can become two entries. The clients
made here never repeat anything: who asked knows whether asking again is harmless.
"""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from urllib.parse import SplitResult, urlsplit

from redis import exceptions as faults
from redis.asyncio import BlockingConnectionPool, Redis, UnixDomainSocketConnection
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.maint_notifications import MaintNotificationsConfig

from alerts.errors import SirabaError
from alerts.store.fence import OvertakenError
from alerts.store.replica import LEAVING
from alerts.store.sentinel import SCHEMES as SENTINEL_SCHEMES
from alerts.store.sentinel import MasterPool, parse_sentinel

LONGEST_BLOCK = timedelta(seconds=10)
"""A blocking read (XREADGROUP, BLPOP) must ask for less: the client hangs up soon after."""

_ANSWER_TIMEOUT = LONGEST_BLOCK + timedelta(seconds=5)
_CONNECT_TIMEOUT = timedelta(seconds=5)
_IDLE_CHECK = timedelta(seconds=30)
_SCHEMES = ("redis", "rediss", "unix")
_LIMITS = {"max_connections": 100, "timeout": _ANSWER_TIMEOUT.total_seconds()}
"""Of hundreds at once the rest wait for a free connection; a pool that does not wait would refuse them."""


_AWAY = (
    faults.ConnectionError,
    faults.TimeoutError,
    faults.ReadOnlyError,
    faults.MasterDownError,
    faults.TryAgainError,
    faults.ClusterDownError,
    faults.OutOfMemoryError,
    OvertakenError,
    OSError,
)
_REFUSED = (faults.AuthenticationError, faults.AuthorizationError, faults.InvalidResponse)
_REFUSALS_THAT_PASS = ("MISCONF", "NOREPLICAS", "OOM command not allowed", "BUSY Redis is busy")
"""For which redis-py has no class: the disk is full, no replica is there; and no memory, when a script hears of it."""


class StoreGone(SirabaError):  # noqa: N818 -- says what is the matter
    """Redis cannot be reached, refuses us or did not answer in time: what was last asked may or may not be done."""

    def __init__(self, place: str, reason: str) -> None:
        self.place = place
        self.reason = reason
        super().__init__(f"Redis at {place} cannot be used: {reason}")


class StoreRefuses(StoreGone):
    """Something answers there that does not let us in, or is no Redis: waiting does not help."""


class WrongStoreUrl(SirabaError):  # noqa: N818 -- says what is the matter
    """The address is none; it holds no part of what was given, which may be a password."""

    def __init__(self) -> None:
        super().__init__(
            "This is no Redis address: redis://, rediss://, unix:// or redis+sentinel://hosts/service is needed, "
            "or a socket's path."
        )


async def connect(url_or_socket: str) -> Redis:
    """Connect and make sure that Redis answers; the caller closes the client with `aclose()`.

    Texts come back as `str`. A connection that idled is checked before it is used; one that broke, or whose server has
    become a replica, is replaced.

    Args:
        url_or_socket: `redis://`, `rediss://` (certificate and host name are verified) or `unix://`, each with the
            options that redis-py reads from a query; `redis+sentinel://`; or the plain path of a Unix socket.

    Raises:
        StoreGone: nothing answers there, or it is still loading.
        StoreRefuses: it does not let us in, or is no Redis.
        WrongStoreUrl: the address cannot be read.
    """
    client, place = _client(url_or_socket)
    try:
        with store_errors(place):
            await client.ping()
    except faults.ResponseError as error:
        await client.aclose()
        raise (StoreGone if is_away(error) else StoreRefuses)(place, str(error)) from error
    except BaseException:
        await client.aclose()
        raise
    return client


@contextmanager
def store_errors(place: str = "its address") -> Iterator[None]:
    """Turn redis-py's and the socket's failures to reach Redis into `StoreGone`; other errors pass."""
    try:
        yield
    except (faults.ConnectionError, faults.TimeoutError, faults.InvalidResponse, OSError) as error:
        fault = StoreRefuses if _is_refusal(error) else StoreGone
        raise fault(place, str(error) or type(error).__name__) from error


def is_away(error: BaseException) -> bool:
    """Whether Redis did not do what it was asked for a reason that passes: the same will work in better weather."""
    if isinstance(error, StoreGone):
        return not isinstance(error, StoreRefuses)
    if isinstance(error, _AWAY):
        return True
    return isinstance(error, faults.ResponseError) and any(word in str(error) for word in _REFUSALS_THAT_PASS)


def _is_refusal(error: BaseException) -> bool:
    """A password, an encryption or a protocol that does not fit; redis-py says of the second only in its context."""
    return isinstance(error, _REFUSED) or isinstance(error.__context__, ssl.SSLError)


def _client(address: str) -> tuple[Redis, str]:
    options: dict[str, Any] = {
        **_LIMITS,
        "decode_responses": True,
        "retry": Retry(NoBackoff(), 0),
        "socket_timeout": _ANSWER_TIMEOUT.total_seconds(),
        "socket_connect_timeout": _CONNECT_TIMEOUT.total_seconds(),
        "health_check_interval": int(_IDLE_CHECK.total_seconds()),
    }
    if "://" not in address:
        leaving = LEAVING[UnixDomainSocketConnection]
        return Redis.from_pool(BlockingConnectionPool(connection_class=leaving, path=address, **options)), address
    try:
        pool, place = _pool(address, options)
        pool.connection_class(**pool.connection_kwargs)
    except (TypeError, ValueError, AttributeError):  # an option that redis-py does not know, or anything unreadable
        raise WrongStoreUrl from None  # the cause quotes what it could not read
    return Redis.from_pool(pool), place


def _pool(address: str, options: dict[str, Any]) -> tuple[BlockingConnectionPool, str]:
    parts = urlsplit(address)
    if parts.scheme != "unix":
        # Otherwise the pool skips its check that no answer of an earlier command is left in a connection.
        options["maint_notifications_config"] = MaintNotificationsConfig(enabled=False)
    if parts.scheme in SENTINEL_SCHEMES:
        wanted = parse_sentinel(address)
        return MasterPool(wanted, **options), wanted.place
    place = _place(parts)
    pool = BlockingConnectionPool.from_url(address, **options)
    pool.connection_class = LEAVING[pool.connection_class]
    return pool, place


def _place(parts: SplitResult) -> str:
    """Say where, without user, password and options."""
    if parts.scheme not in _SCHEMES:
        raise ValueError(parts.scheme)
    if parts.scheme == "unix":
        return parts.path
    return f"{parts.scheme}://{parts.hostname or 'localhost'}:{parts.port or 6379}"
