"""What is kept of the pumps besides the words on them: what was told, official prices, whether a crisis is declared."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from redis.asyncio import Redis

from alerts.fuel.model import FuelState, OfficialPrice, Prices, PumpTold
from alerts.fuel.state import state
from alerts.store import audit, keys
from alerts.store.codec import Codec
from alerts.store.commit import MONTH_PRICE, PUMP_TOLD
from alerts.store.feeds import Feeds
from alerts.store.fence import Fence

_OFFICIAL_PRICE = Codec(OfficialPrice)


@dataclass(frozen=True, slots=True, kw_only=True)
class Crisis:
    """Words on fuel grow stale sooner: by which admin, since when."""

    by: int
    at: datetime


class Pumps:
    """What holds at the pumps, and what goes with it."""

    def __init__(self, redis: Redis, fence: Fence) -> None:
        self._redis = redis
        self._fence = fence
        self._feeds = Feeds(redis)

    async def states(self, *, now: datetime) -> tuple[FuelState, ...]:
        """What holds now in every town there is a word on, as old as a declared crisis lets it be."""
        return state(await self._feeds.fuel(), now=now, crisis=await self.crisis() is not None)

    async def changes(self) -> int:
        """A number that grows with every word stored."""
        return int(await self._redis.get(keys.FUEL_CHANGES) or 0)

    async def told(self) -> dict[str, PumpTold]:
        """What was told last, by town."""
        return {place: PUMP_TOLD.load(text) for place, text in (await self._redis.hgetall(keys.PUMPS)).items()}

    async def prices(self) -> Prices:
        """Official ceilings, and what price lists held."""
        official = [_OFFICIAL_PRICE.load(text) for text in (await self._redis.hgetall(keys.CEILINGS)).values()]
        monthly = [MONTH_PRICE.load(text) for text in (await self._redis.hgetall(keys.MONTH_PRICES)).values()]
        return Prices(
            official={one.product: one for one in official},
            monthly=tuple(sorted(monthly, key=lambda one: (one.place, one.product))),
        )

    async def set_official(self, prices: Sequence[OfficialPrice], *, by: int, now: datetime) -> None:
        """Put new ceilings in the place of the old ones, each with a line of the audit; twice is the same as once."""
        before = (await self.prices()).official
        fresh = [price for price in prices if before.get(price.product) != price]
        async with self._redis.pipeline(transaction=True) as pipe:
            await self._fence.guard(pipe)
            pipe.multi()
            for price in fresh:
                pipe.hset(keys.CEILINGS, price.product, _OFFICIAL_PRICE.dump(price))
                line = {"who": str(by), "did": "price", "product": str(price.product), "xof": str(price.price_xof)}
                audit.note(pipe, line, now=now)
            await pipe.execute()

    async def crisis(self) -> Crisis | None:
        """The crisis in force, or None."""
        text = await self._redis.get(keys.FUEL_CRISIS)
        if not text:
            return None
        fields = json.loads(text)
        return Crisis(by=fields["by"], at=datetime.fromisoformat(fields["at"]))

    async def declare_crisis(self, *, by: int, now: datetime) -> None:
        """From now on words grow stale after 6 hours; a second declaration changes nothing."""
        if await self.crisis() is None:
            value = json.dumps({"by": by, "at": now.isoformat()})
            await self._switch(value, did="fuel_crisis", by=by, now=now)

    async def end_crisis(self, *, by: int, now: datetime) -> None:
        """Words hold for 24 hours again."""
        if await self.crisis() is not None:
            await self._switch(None, did="fuel_crisis_over", by=by, now=now)

    async def _switch(self, value: str | None, *, did: str, by: int, now: datetime) -> None:
        async with self._redis.pipeline(transaction=True) as pipe:
            await self._fence.guard(pipe)
            pipe.multi()
            if value is None:
                pipe.delete(keys.FUEL_CRISIS)
            else:
                pipe.set(keys.FUEL_CRISIS, value)
            audit.note(pipe, {"who": str(by), "did": did}, now=now)
            await pipe.execute()
