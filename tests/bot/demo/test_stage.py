"""The demo's sources are a file as an operator would write it, and it ends when it is told to."""

import asyncio
from pathlib import Path

import pytest

from alerts.sources.catalogue import load_sources
from bot.demo.feeds import FeedServer
from bot.demo.stage import source_rows, staged
from bot.demo.story import load_story


async def test_the_outlets_of_the_story_are_read_as_sources_with_their_grades(tmp_path: Path):
    outlets = load_story().outlets
    async with FeedServer() as feeds:
        (tmp_path / "sources.toml").write_text(source_rows(outlets.values(), feeds), encoding="utf-8")
        sources = load_sources(tmp_path / "sources.toml")
        assert {source.id: source.url for source in sources} == {known: feeds.url(known) for known in outlets}
    assert {source.id: source.grade for source in sources} == {one.id: one.grade for one in outlets.values()}
    assert all(source.enabled and source.public_name for source in sources)


async def test_a_word_to_end_that_something_swallowed_is_heard_at_the_next_look(tmp_path: Path):
    begun = asyncio.Event()

    async def swallow_and_look() -> None:
        async with staged(load_story(), tmp_path) as stage:
            stage.check()
            try:
                begun.set()
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                stage.check()

    playing = asyncio.create_task(swallow_and_look())
    await begun.wait()
    playing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await playing
