"""A word about the service itself, for the desk or for everybody: no alert, and told even while sending is halted."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Which sentence of the catalogue, with which facts; worded for each chat when it is sent.

    `of_the_desk` is for those that only people of the desk get, whose chats empty themselves.
    """

    id: str
    key: str
    facts: Mapping[str, str] = field(default_factory=dict)
    of_the_desk: bool = False
