"""The page of the documentation tells the story that ships; write it anew with `python -m bot.demo.page`."""

from pathlib import Path

from bot.demo.page import HEAD, page
from bot.demo.story import load_story

PAGE = Path(__file__).parents[3] / "docs" / "demo.md"


def test_a_page_is_the_transcript_with_a_word_before_it():
    assert page("\nfirst  \nlast\n") == f"{HEAD}\n```text\nfirst\nlast\n```\n"


def test_the_page_tells_every_scene_alert_and_source_of_the_story():
    text, story = PAGE.read_text(encoding="utf-8"), load_story()
    alerts = {expected.alert for scene in story.scenes for step in scene.steps for expected in step.expects}
    wanted = [*(scene.title for scene in story.scenes), *alerts, *story.sources]
    assert [words for words in wanted if words not in text] == []
    assert text.startswith(HEAD)
