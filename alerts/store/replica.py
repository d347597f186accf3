"""What if the server we speak to is none that takes writes any more?

After a failover the old master comes back as a replica and answers READONLY for ever. A connection that hears this is
closed, so that the next one finds the new master.
"""

from typing import Any

from redis.asyncio import UnixDomainSocketConnection
from redis.asyncio.connection import AbstractConnection, Connection, SSLConnection
from redis.exceptions import ConnectionError as NotThere
from redis.exceptions import ReadOnlyError, ResponseError


class LeavesReplicas(AbstractConnection):
    """Mixed into redis-py's connections."""

    async def read_response(self, *args: Any, **options: Any) -> Any:
        """Read an answer; READONLY closes the connection."""
        try:
            return await super().read_response(*args, **options)
        except ResponseError as error:
            if not isinstance(error, ReadOnlyError) and "READONLY" not in str(error):  # the latter out of a script
                raise
            await self.disconnect()
            raise NotThere("the server has become a replica") from error


class _Tcp(LeavesReplicas, Connection):
    pass


class _Tls(LeavesReplicas, SSLConnection):
    pass


class _Socket(LeavesReplicas, UnixDomainSocketConnection):
    pass


LEAVING = {Connection: _Tcp, SSLConnection: _Tls, UnixDomainSocketConnection: _Socket}
"""redis-py's kind of connection -> ours."""
