"""How is this instance configured? A frozen value, read once by the command line, refused with one sentence."""

import re
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from alerts.errors import SirabaError
from alerts.store.sentinel import SCHEMES as SENTINEL_SCHEMES
from alerts.store.sentinel import parse_sentinel

TELEGRAM = "https://api.telegram.org"
TOKEN_SHAPE = re.compile(r"\d+:[A-Za-z0-9_-]{3,}")
SECRET_SHAPE = re.compile(r"[A-Za-z0-9_-]{1,256}")
REDIS_SCHEMES = ("redis", "rediss", "unix")


class SettingsError(SirabaError):
    """A setting is wrong; the text names the variable and never holds a secret."""


class Settings(BaseSettings):
    """The settings of docs and README; a field `x` is the variable `SIRABA_X`."""

    model_config = SettingsConfigDict(
        env_prefix="SIRABA_", env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True,
        env_ignore_empty=True, hide_input_in_errors=True,
    )  # fmt: skip

    bot_token: SecretStr | None = None
    bot_api_url: str = TELEGRAM
    redis_url: SecretStr = SecretStr("embedded")
    data_dir: Path = Field(default_factory=lambda: user_data_path("siraba", appauthor=False))
    admin_ids: Annotated[frozenset[int], NoDecode] = frozenset()
    feeds: Path | None = None
    places: Path | None = None
    timezone: str = "Africa/Bamako"
    language: Literal["fr", "en", "bm"] = "fr"
    poll_seconds: int = Field(default=300, ge=1, le=86_400)
    messages_per_second: int = Field(default=30, ge=1, le=1000)
    paid_broadcast: bool = False
    http_port: int | None = Field(default=None, ge=1, le=65_535)
    public_url: str | None = None
    webhook_secret: SecretStr | None = None
    contact: str | None = Field(default=None, max_length=200)
    private_feeds: bool = False
    log_format: Literal["text", "json"] | None = None

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of digests and of dates in texts."""
        return ZoneInfo(self.timezone)

    @property
    def imported_places(self) -> Path:
        """Where `siraba places import` keeps its gazetteer."""
        return self.data_dir / "places"

    @property
    def gazetteer(self) -> Path | None:
        """The further gazetteer in force: the one that is set, else the one imported."""
        if self.places is not None:
            return self.places
        return self.imported_places if self.imported_places.is_file() else None

    @property
    def embedded(self) -> bool:
        """Whether the service starts a Redis of its own."""
        return self.redis_url.get_secret_value() == "embedded"

    @field_validator("bot_token")
    @classmethod
    def _token_has_the_shape_of_one(cls, token: SecretStr | None) -> SecretStr | None:
        if token is not None and not TOKEN_SHAPE.fullmatch(token.get_secret_value()):
            raise ValueError("is not a bot token; BotFather gives one like 123456:ABC…")
        return token

    @field_validator("redis_url")
    @classmethod
    def _redis_is_embedded_or_an_address(cls, url: SecretStr) -> SecretStr:
        text = url.get_secret_value()
        if text == "embedded":
            return url
        scheme, found, _ = text.partition("://")
        if not found or scheme not in (*REDIS_SCHEMES, *SENTINEL_SCHEMES):
            raise ValueError("must be embedded, or start with redis://, rediss://, unix:// or redis+sentinel://")
        try:
            _ = parse_sentinel(text) if scheme in SENTINEL_SCHEMES else urlsplit(text).port
        except ValueError:
            raise ValueError("is no address that can be read") from None  # the cause quotes it, password included
        return url

    @field_validator("bot_api_url", "public_url")
    @classmethod
    def _is_a_web_address(cls, url: str | None) -> str | None:
        if url is not None and not url.startswith(("http://", "https://")):
            raise ValueError("must start with http:// or https://")
        return url.rstrip("/") if url else url

    @field_validator("admin_ids", mode="before")
    @classmethod
    def _ids_by_commas(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        parts = [part.strip() for part in value.split(",") if part.strip()]
        if not all(part.isascii() and part.isdigit() for part in parts):
            raise ValueError("must be numeric Telegram user ids, separated by commas")
        return frozenset(int(part) for part in parts)

    @field_validator("timezone")
    @classmethod
    def _zone_exists(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError("is not a time zone name such as Africa/Bamako") from error
        return name

    @field_validator("webhook_secret")
    @classmethod
    def _secret_is_one_that_telegram_takes(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret is not None and not SECRET_SHAPE.fullmatch(secret.get_secret_value()):
            raise ValueError("must be 1 to 256 letters, digits, _ or -")
        return secret

    @field_validator("contact")
    @classmethod
    def _contact_is_one_line(cls, contact: str | None) -> str | None:
        if contact is not None and not contact.isprintable():
            raise ValueError("must be one line of text")
        return contact

    @field_validator("data_dir", "feeds", "places")
    @classmethod
    def _home_is_spelled_out(cls, path: Path | None) -> Path | None:
        return path.expanduser() if path is not None else None  # no shell has read what stands in .env

    @field_validator("feeds", "places")
    @classmethod
    def _file_can_be_read(cls, path: Path | None) -> Path | None:
        if path is not None and not path.is_file():
            raise ValueError("names a file that isn't there")
        return path

    @model_validator(mode="after")
    def _webhook_is_whole(self) -> "Settings":
        if (self.public_url is None) != (self.webhook_secret is None):
            raise ValueError("SIRABA_PUBLIC_URL and SIRABA_WEBHOOK_SECRET go together")
        if self.public_url and self.http_port is None:
            raise ValueError("SIRABA_PUBLIC_URL needs SIRABA_HTTP_PORT, where the webhook is served")
        return self


def load_settings(**overrides: object) -> Settings:
    """Read the environment and `.env`.

    Raises:
        SettingsError: one sentence that names the variable at fault.
    """
    try:
        return Settings(**overrides)  # type: ignore[arg-type] # pydantic checks them
    except ValidationError as error:
        raise SettingsError(_sentence(error)) from None  # the cause may hold a secret
    except UnicodeDecodeError:
        raise SettingsError("The file .env is not written in UTF-8.") from None  # the cause holds the file
    except OSError as error:
        raise SettingsError(f"The file .env can't be read: {error.strerror}.") from error


def _sentence(error: ValidationError) -> str:
    first = error.errors(include_input=False, include_url=False)[0]
    text = first["msg"].removeprefix("Value error, ")
    if not first["loc"]:
        return f"{text}."
    return f"SIRABA_{str(first['loc'][0]).upper()}: {text}."
