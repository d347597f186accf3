"""Which service may send? One holder at a time, by a key that expires when the holder falls silent."""

from datetime import timedelta

from redis.asyncio import Redis

from alerts.store import keys

LIFETIME = timedelta(seconds=10)

RENEW = """
if redis.call('GET', KEYS[1]) == ARGV[1] then
  return redis.call('PEXPIRE', KEYS[1], ARGV[2])
end
return 0
"""

RELEASE = """
if redis.call('GET', KEYS[1]) == ARGV[1] then
  return redis.call('DEL', KEYS[1])
end
return 0
"""


class Lease:
    """This service's claim; `token` tells it from every other."""

    def __init__(self, redis: Redis, token: str) -> None:
        self._redis = redis
        self._token = token
        self._renew = redis.register_script(RENEW)
        self._release = redis.register_script(RELEASE)

    async def take(self) -> bool:
        """Become the holder; False while another one lives."""
        taken = await self._redis.set(keys.LEASE, self._token, nx=True, px=LIFETIME)
        return bool(taken)

    async def seize(self) -> None:
        """Become the holder whoever held it: for who knows by other means that no other service lives."""
        await self._redis.set(keys.LEASE, self._token, px=LIFETIME)

    async def renew(self) -> bool:
        """Stay the holder for another LIFETIME; False if another one took over."""
        milliseconds = int(LIFETIME.total_seconds() * 1000)
        return bool(await self._renew(keys=[keys.LEASE], args=[self._token, milliseconds]))

    async def release(self) -> None:
        """Step down at once."""
        await self._release(keys=[keys.LEASE], args=[self._token])
