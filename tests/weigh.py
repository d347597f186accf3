"""Learn how much each word speaks for each type of event, from the labelled items of the reading's tests.

    python -m pip install scikit-learn
    python -m tests.weigh              # how well items are read whose set was left out of the learning
    python -m tests.weigh --write      # alerts/reading/data/weights.tsv

Items of `unseen.jsonl` are never learned from: they say what to expect of news nobody has seen.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from alerts.geography.atlas import Atlas
from alerts.reading import weighing
from alerts.reading.jsonl import item_from_json
from alerts.reading.model import EventType
from alerts.reading.reader import Reader

ITEMS = Path(__file__).parent / "alerts" / "reading"
LEARNED_FROM = ("newsroom", "corpus", "elsewhere", "notes")
WEIGHTS = Path(weighing.__file__).parent / "data" / "weights.tsv"
SEEN_OFTEN = 3
"""Items in which something must be found to be weighed."""

STRICTNESS = 0.3
"""How far single words are trusted (the inverse of the penalty on large weights)."""

TOO_LITTLE = 0.12
"""Smaller weights are left out: without them items that were not learned from are read as well."""


def labelled(names: Iterable[str] = LEARNED_FROM) -> list[dict[str, Any]]:
    """The items of these files that have a clear label."""
    rows = [json.loads(line) for name in names for line in (ITEMS / f"{name}.jsonl").read_text("utf-8").splitlines()]
    return [row | {"types": row.get("types", [])} for row in rows if row.get("relevant", False) is not None]


def learn(rows: Sequence[dict[str, Any]], found: Sequence[dict[str, str]]) -> dict[str, dict[str, float]]:
    """The weights that `rows` ask for, `found` being what is found in each."""
    often = Counter(feature for one in found for feature in one)
    table = DictVectorizer()
    matrix = table.fit_transform(
        [{feature: 1 for feature in sorted(one) if often[feature] >= SEEN_OFTEN} for one in found]
    )
    names = table.get_feature_names_out()
    relevant = np.array([bool(row.get("relevant")) for row in rows])
    outcomes = {weighing.RELEVANT: (np.ones(len(rows), dtype=bool), relevant)}
    for kind in EventType:
        outcomes[kind.value] = (relevant, np.array([kind.value in row["types"] for row in rows]))
    weights: dict[str, dict[str, float]] = {weighing.START: {}}
    for outcome, (of_these, is_so) in outcomes.items():
        model = LogisticRegression(C=STRICTNESS, solver="liblinear").fit(matrix[of_these], is_so[of_these])
        weights[weighing.START][outcome] = float(model.intercept_[0])
        for feature, weight in zip(names, model.coef_[0], strict=True):
            if abs(weight) >= TOO_LITTLE:
                weights.setdefault(feature, {})[outcome] = float(weight)
    return weights


def as_table(weights: dict[str, dict[str, float]]) -> str:
    """The file's text: sorted, so that a change shows as one."""
    return "".join(
        f"{feature}\t{' '.join(f'{outcome} {weight:.2f}' for outcome, weight in sorted(by_outcome.items()))}\n"
        for feature, by_outcome in sorted(weights.items())
    )


def main() -> None:
    """Learn, and write or tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    wanted = parser.parse_args()
    reader = Reader(Atlas.load())
    rows = labelled()
    found = [reader.weighable(item_from_json(json.dumps(row))) for row in rows]
    weights = learn(rows, found)
    print(f"{len(rows)} items, {len(weights)} things weighed, {sum(map(len, weights.values()))} weights")  # noqa: T201
    if wanted.write:
        WEIGHTS.write_text(as_table(weights), encoding="utf-8")


if __name__ == "__main__":
    main()
