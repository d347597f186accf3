"""The shipped story is sound, and a story that is not stops the demo with a sentence."""

import pytest

from alerts.errors import DataError
from bot.demo.story import INVENTED, Story, load_story, parse_story

GOOD = """
title = "t"
note = "n"

[[person]]
id = "driver"
chat = 1
name = "the driver"
about = "drives"

[[outlet]]
id = "radio"
name = "Radio"
grade = "B"

[[opening]]
outlet = "radio"
published = 2025-09-01T08:00:00
title = "old"
summary = ""
source = "invented"

[[scene]]
at = 2025-09-02T08:00:00
title = "first"
note = ""

[[scene.step]]
who = "driver"
types = "/start"
expect = [{ who = "driver", says = ["Siraba"] }]

[[scene]]
at = 2025-09-02T09:00:00
title = "second"
note = ""

[[scene.step]]
[[scene.step.entry]]
outlet = "radio"
published = 2025-09-02T08:30:00
title = "new"
summary = ""
source = "https://example.org/new"
"""


@pytest.fixture(scope="module")
def shipped() -> Story:
    return load_story()


def test_every_fact_of_the_shipped_story_says_where_it_was_read(shipped: Story):
    entries = [entry for scene in shipped.scenes for step in scene.steps for entry in step.entries]
    assert all(entry.source == INVENTED or entry.source.startswith("https://") for entry in entries)
    assert len(shipped.sources) >= 4


def test_the_shipped_story_tells_each_of_the_three_an_alert_and_leaves_some_news_untold(shipped: Story):
    steps = [step for scene in shipped.scenes for step in scene.steps]
    told = {expected.who for step in steps for expected in step.expects if expected.alert}
    assert told == set(shipped.people) == {"driver", "logistician", "admin"}
    assert any(step.entries and not step.expects for step in steps)


def test_times_without_a_zone_are_malis_which_is_utc():
    assert parse_story(GOOD).scenes[0].at.isoformat() == "2025-09-02T08:00:00+00:00"


@pytest.mark.parametrize(
    ("sound", "broken", "said"),
    [
        pytest.param('who = "driver"\ntypes', 'who = "nobody"\ntypes', "nobody is called 'nobody'", id="who-types"),
        pytest.param('[{ who = "driver"', '[{ who = "ghost"', "nobody is called 'ghost'", id="who-reads"),
        pytest.param('entry]]\noutlet = "radio"', 'entry]]\noutlet = "tv"', "no outlet is called 'tv'", id="outlet"),
        pytest.param('source = "https://example.org/new"', 'source = ""', "names no source", id="no-source"),
        pytest.param("2025-09-02T08:30:00", "2025-09-03T08:30:00", "from the future", id="future"),
        pytest.param("at = 2025-09-02T09:00:00", "at = 2025-09-02T08:01:00", "must come at least", id="order"),
        pytest.param('says = ["Siraba"]', "says = []", "may say anything", id="says-nothing"),
        pytest.param('types = "/start"', 'types = "/start"\ntaps = "RN1"', "type or tap", id="types-and-taps"),
        pytest.param('opening]]\noutlet = "radio"', 'opening]]\noutlet = "tv"', "radio opens without", id="opening"),
        pytest.param('says = ["Siraba"]', 'says = ["Siraba"], loud = true', "loud", id="unknown-key"),
        pytest.param("[[scene.step.entry]]", "[[scene.step]]\n[[scene.step.entry]]", "no feed is due", id="late"),
        pytest.param('title = "t"', "title = t", "story.toml", id="no-toml"),
    ],
)
def test_a_fault_in_the_story_is_named(sound: str, broken: str, said: str):
    assert sound in GOOD
    with pytest.raises(DataError, match=said):
        parse_story(GOOD.replace(sound, broken))
