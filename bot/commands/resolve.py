"""`siraba resolve TEXT`: what a typed name means."""

import argparse
import json

from alerts.geography.atlas import Atlas
from alerts.geography.model import Resolved
from bot.settings import load_settings


def run(options: argparse.Namespace) -> int:
    """Print one JSON object."""
    atlas = Atlas.load(load_settings().gazetteer)
    print(json.dumps(as_json(atlas.resolve(options.text)), ensure_ascii=False))  # noqa: T201 - the result
    return 0


def as_json(resolved: Resolved) -> dict[str, object]:
    """The public form."""
    answer: dict[str, object] = {"kind": resolved.kind, "name": resolved.name}
    if resolved.kind == "route":
        answer |= {"from": resolved.start, "to": resolved.end}
    if resolved.area is not None:
        answer |= {"id": resolved.area.id}
    if resolved.unknown:
        answer |= {"unknown": resolved.unknown}
    suggestions = [{"name": suggestion.name, "text": suggestion.text} for suggestion in resolved.suggestions]
    return answer | {"suggestions": suggestions}
