"""How does a value become JSON in Redis, and a value again?"""

from typing import Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from alerts.errors import SirabaError

Value = TypeVar("Value")


class UnreadableValueError(SirabaError):
    """What is stored is no such value; the text names fields and never what they hold, which may be someone's road."""


class Codec(Generic[Value]):
    """JSON for one frozen dataclass; a field that is missing without a default is an error, an unknown one is not."""

    def __init__(self, kind: type[Value]) -> None:
        self._kind = kind.__name__
        self._adapter: TypeAdapter[Value] = TypeAdapter(kind)

    def dump(self, value: Value) -> str:
        """Compact JSON; defaults are left out, so that a chat stays small."""
        return self._adapter.dump_json(value, exclude_defaults=True).decode()

    def load(self, text: str | bytes) -> Value:
        """Read `dump`'s output back.

        Raises:
            UnreadableValueError: it is none.
        """
        try:
            return self._adapter.validate_json(text)
        except ValidationError as error:
            wrong = sorted({".".join(map(str, fault["loc"])) for fault in error.errors(include_input=False)})
        raise UnreadableValueError(f"a stored {self._kind} can't be read: {', '.join(wrong) or 'no JSON'}")
