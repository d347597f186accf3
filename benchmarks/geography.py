"""How long does it take to load the atlas, to understand what a person typed, to find a way?"""

import random
from functools import partial

from alerts.geography.atlas import Atlas
from benchmarks.table import show, spread, timed

TYPED = (
    "RN1",
    "rn 6",
    "Kayes Bamako",
    "de Kayes à Bamako",
    "kaye bamakou",
    "Ségou → Mopti",
    "segou to san",
    "Tombouctou",
    "tonbouctou",
    "Diéma",
    "Kidal vers Gao",
    "Corridor Dakar Bamako",
    "région de Ménaka",
    "Niono",
    "Sikasso Zégoua",
    "la route de Koutiala",
    "xyzzy",
    "",
    "🛣️ Bamako",
)


def run(*, quick: bool) -> None:
    times = 20 if quick else 100
    loading = timed(Atlas.load, times=3 if quick else 10)
    atlas = Atlas.load()
    dice = random.Random(1)
    long_texts = ["Bamako " * 571, "a" * 4000, "".join(dice.choices("abcdefgh éàŋɛ→-'", k=4000)), "Kayes\n" * 666]
    typed = [taken for text in TYPED for taken in timed(partial(atlas.resolve, text), times=times)]
    longest = [taken for text in long_texts for taken in timed(partial(atlas.resolve, text), times=times // 4)]
    stops = sorted(place.id for place in atlas.places.values() if place.stop)
    pairs = [tuple(dice.sample(stops, 2)) for _ in range(100 if quick else 400)]
    first = [timed(partial(atlas.ways, *pair))[0] for pair in pairs]
    again = [timed(partial(atlas.ways, *pair))[0] for pair in pairs]
    rows = [
        ("load all data files", len(loading), *spread(loading)),
        (f"resolve, {len(TYPED)} things people type", len(typed), *spread(typed)),
        ("resolve, 4,000 characters", len(longest), *spread(longest)),
        ("ways between two stops, first time", len(first), *spread(first)),
        ("ways between two stops, again", len(again), *spread(again)),
    ]
    show("Geography (ms)", ("what", "times", "median", "p99", "worst"), rows)
