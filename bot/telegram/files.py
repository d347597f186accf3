"""What is in a file that a person sent? Telegram tells where it lies, and it is fetched from there."""

from telegram import Bot
from telegram.error import BadRequest, InvalidToken  # noqa: TID251 - where foreign errors stop

from handlers.files import LARGEST_FILE, NoFile


class Files:
    """Fetches files for `bot`; a network that fails is the caller's to wait for."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def fetch(self, file_id: str) -> bytes | NoFile:
        """The content, or why there is none."""
        try:
            file = await self._bot.get_file(file_id)
        except BadRequest:
            return NoFile.GONE
        if (file.file_size or 0) > LARGEST_FILE:
            return NoFile.TOO_LARGE
        try:
            body = bytes(await file.download_as_bytearray())
        except InvalidToken:  # python-telegram-bot's word for an address that leads nowhere
            return NoFile.GONE
        # The wire reads no further than one byte beyond: what was not told to be large is found to be so.
        return NoFile.TOO_LARGE if len(body) > LARGEST_FILE else body
