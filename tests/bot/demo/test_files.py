"""People send files, and the bot fetches them from the address that getFile tells."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from telegram import Bot, Document, Update
from telegram.error import BadRequest  # noqa: TID251 - what a refusal becomes

from bot.demo.telegram.asking import LARGEST_DOWNLOAD
from bot.demo.telegram.client import Telegram

GROUP = -100


async def sent(bot: Bot) -> Document:
    [update] = await bot.get_updates(timeout=5)
    assert isinstance(update, Update)
    assert update.message is not None
    assert update.message.document is not None
    return update.message.document


@pytest.fixture
async def bot(telegram: Telegram) -> AsyncIterator[Bot]:
    async with Bot(telegram.token, base_url=telegram.base_url, base_file_url=telegram.base_file_url) as bot:
        yield bot


async def test_what_a_person_sends_is_fetched_as_it_was(telegram: Telegram, bot: Bot):
    content = bytes(range(256))
    await telegram.send_document(1, "récit.csv", content)
    document = await sent(bot)
    assert (document.file_name, document.file_size) == ("récit.csv", 256)
    assert await (await bot.get_file(document)).download_as_bytearray() == content


async def test_a_file_that_there_is_not_is_refused(bot: Bot):
    with pytest.raises(BadRequest, match="Wrong file_id"):
        await bot.get_file("file-9")


async def test_what_is_too_big_for_bots_is_told_of_and_not_handed_out(telegram: Telegram, bot: Bot):
    await telegram.send_document(1, "a.bin", bytes(LARGEST_DOWNLOAD + 1))
    with pytest.raises(BadRequest, match="File is too big"):
        await bot.get_file(await sent(bot))


async def test_an_address_wants_the_token_and_a_file(telegram: Telegram):
    await telegram.send_document(1, "a.csv", b"a")
    async with aiohttp.ClientSession() as session:
        for address, status in (
            (f"{telegram.base_file_url}{telegram.token}/documents/file-1", 200),
            (f"{telegram.base_file_url}{telegram.token}/documents/file-2", 404),
            (f"{telegram.base_file_url}1:other/documents/file-1", 401),
        ):
            async with session.get(address) as response:
                assert response.status == status


async def test_a_plain_member_of_a_group_does_not_see_files(telegram: Telegram, bot: Bot):
    await telegram.join(GROUP, user=1)
    await telegram.send_document(GROUP, "a.csv", b"a", user=1)
    await telegram.join(GROUP, user=1, status="administrator")
    await telegram.send_document(GROUP, "b.csv", b"b", user=1)
    updates = await bot.get_updates(timeout=5)
    assert [one.message.document.file_name for one in updates if one.message and one.message.document] == ["b.csv"]
