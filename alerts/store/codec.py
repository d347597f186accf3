"""How does a value become JSON in Redis, and a value again?"""

from typing import Generic, TypeVar

from pydantic import TypeAdapter

Value = TypeVar("Value")


class Codec(Generic[Value]):
    """JSON for one frozen dataclass; a field that is unknown or missing without a default is an error."""

    def __init__(self, kind: type[Value]) -> None:
        self._adapter: TypeAdapter[Value] = TypeAdapter(kind)

    def dump(self, value: Value) -> str:
        """Compact JSON; defaults are left out, so that a chat stays small."""
        return self._adapter.dump_json(value, exclude_defaults=True).decode()

    def load(self, text: str | bytes) -> Value:
        """Read `dump`'s output back."""
        return self._adapter.validate_json(text)
