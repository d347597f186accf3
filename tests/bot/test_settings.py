from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, load_settings

TOKEN = "123456:AbCdEfGhIjKlMnOpQrStUvWx"
SECRET = "hush-hush_1"
PASSWORD = "pa55word"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No .env but a test's own."""
    monkeypatch.chdir(tmp_path)


def test_without_any_setting_it_runs_as_documented():
    settings = load_settings()
    assert settings.bot_token is None
    assert settings.embedded
    assert settings.bot_api_url == "https://api.telegram.org"
    assert (settings.timezone, settings.language) == ("Africa/Bamako", "fr")
    assert (settings.poll_seconds, settings.messages_per_second) == (300, 30)
    assert settings.admin_ids == frozenset()
    assert settings.data_dir.name == "siraba"
    assert not settings.private_feeds
    assert settings.http_port is settings.contact is settings.feeds is settings.log_format is None


@pytest.mark.parametrize(
    ("written", "read"),
    [
        pytest.param("900", {900}, id="one"),
        pytest.param(" 900, 901 ,,902 ", {900, 901, 902}, id="many"),
        pytest.param("", set(), id="empty"),
    ],
)
def test_admins_are_listed_by_commas(monkeypatch: pytest.MonkeyPatch, written: str, read: set[int]):
    monkeypatch.setenv("SIRABA_ADMIN_IDS", written)
    assert load_settings().admin_ids == read


def test_the_file_is_read_and_the_environment_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    text = f"SIRABA_BOT_TOKEN={TOKEN}\nSIRABA_LANGUAGE=bm\nSIRABA_DATA_DIR=~/siraba\nSOMETHING_ELSE=1\n"
    (tmp_path / ".env").write_text(text)
    monkeypatch.setenv("SIRABA_LANGUAGE", "en")
    monkeypatch.setenv("HOME", str(tmp_path))
    settings = load_settings()
    assert settings.bot_token is not None
    assert settings.bot_token.get_secret_value() == TOKEN
    assert settings.language == "en"
    assert settings.data_dir == tmp_path / "siraba"


@pytest.mark.parametrize("name", ["BOT_API_URL", "PUBLIC_URL"])
def test_an_address_needs_no_care_for_its_last_slash(monkeypatch: pytest.MonkeyPatch, name: str):
    monkeypatch.setenv(f"SIRABA_{name}", "https://a.example/")
    monkeypatch.setenv("SIRABA_WEBHOOK_SECRET", SECRET)
    monkeypatch.setenv("SIRABA_PUBLIC_URL", "https://a.example/")
    monkeypatch.setenv("SIRABA_HTTP_PORT", "8080")
    assert getattr(load_settings(), name.lower()) == "https://a.example"


WRONG = [
    ("BOT_TOKEN", "hello"),
    ("BOT_TOKEN", f"{TOKEN} "),
    ("BOT_TOKEN", TOKEN.replace(":", "")),
    ("BOT_API_URL", "api.telegram.org"),
    ("BOT_API_URL", "ftp://api.telegram.org"),
    ("REDIS_URL", f"http://me:{PASSWORD}@redis"),
    ("REDIS_URL", f"redis://me:{PASSWORD}@redis:port"),
    ("REDIS_URL", f"redis://me:{PASSWORD}@[redis"),
    ("REDIS_URL", f"redis+sentinel://me:{PASSWORD}@one,two"),
    ("REDIS_URL", f"redis+sentinel://me:{PASSWORD}@one:port/siraba"),
    ("ADMIN_IDS", "@admin"),
    ("ADMIN_IDS", "900;901"),
    ("ADMIN_IDS", "-100"),
    ("ADMIN_IDS", "²"),
    ("FEEDS", "nowhere.toml"),
    ("PLACES", "."),
    ("TIMEZONE", "Bamako"),
    ("TIMEZONE", "../etc/passwd"),
    ("TIMEZONE", "Africa"),
    ("LANGUAGE", "de"),
    ("POLL_SECONDS", "0"),
    ("POLL_SECONDS", "often"),
    ("POLL_SECONDS", "1e9"),
    ("MESSAGES_PER_SECOND", "0"),
    ("MESSAGES_PER_SECOND", "1001"),
    ("HTTP_PORT", "0"),
    ("HTTP_PORT", "70000"),
    ("PUBLIC_URL", "bot.example"),
    ("WEBHOOK_SECRET", "not allowed by Telegram"),
    ("WEBHOOK_SECRET", "x" * 257),
    ("CONTACT", "x" * 201),
    ("CONTACT", "desk\r\nX-Evil: 1"),
    ("PRIVATE_FEEDS", "perhaps"),
    ("LOG_FORMAT", "xml"),
]


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_wrong_value_is_refused_with_one_sentence_that_names_it(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
):
    monkeypatch.setenv(f"SIRABA_{name}", value)
    with pytest.raises(SettingsError) as refused:
        load_settings()
    text = str(refused.value)
    assert text.startswith(f"SIRABA_{name}: ")
    assert text.endswith(".")
    assert "\n" not in text
    assert refused.value.__suppress_context__


@pytest.mark.parametrize(("name", "value"), [pair for pair in WRONG if pair[0].endswith(("TOKEN", "URL", "SECRET"))])
def test_a_refusal_holds_no_secret(monkeypatch: pytest.MonkeyPatch, name: str, value: str):
    monkeypatch.setenv(f"SIRABA_{name}", value)
    monkeypatch.setenv("SIRABA_HTTP_PORT", "none")
    with pytest.raises(SettingsError) as refused:
        load_settings()
    told = str(refused.value) + repr(refused.value) + repr(refused.value.__context__)
    assert value not in told
    assert PASSWORD not in told


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"PUBLIC_URL": "https://a.example", "HTTP_PORT": "8080"}, "SIRABA_WEBHOOK_SECRET"),
        ({"WEBHOOK_SECRET": SECRET}, "SIRABA_PUBLIC_URL"),
        ({"PUBLIC_URL": "https://a.example", "WEBHOOK_SECRET": SECRET}, "SIRABA_HTTP_PORT"),
    ],
    ids=["secret", "address", "port"],
)
def test_half_a_webhook_is_refused_by_the_name_of_the_rest(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str], missing: str
):
    for name, value in given.items():
        monkeypatch.setenv(f"SIRABA_{name}", value)
    with pytest.raises(SettingsError, match=missing) as refused:
        load_settings()
    assert SECRET not in str(refused.value)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path):
    (tmp_path / ".env").write_bytes(f"SIRABA_BOT_TOKEN={TOKEN}\nSIRABA_CONTACT=\xe9".encode("latin-1"))
    with pytest.raises(SettingsError, match=r"\.env is not written in UTF-8") as refused:
        load_settings()
    assert refused.value.__suppress_context__


def test_nothing_that_shows_settings_shows_a_secret(monkeypatch: pytest.MonkeyPatch):
    secrets = {"BOT_TOKEN": TOKEN, "WEBHOOK_SECRET": SECRET, "REDIS_URL": f"redis://me:{PASSWORD}@redis:6379/0"}
    for name, value in secrets.items():
        monkeypatch.setenv(f"SIRABA_{name}", value)
    monkeypatch.setenv("SIRABA_PUBLIC_URL", "https://a.example")
    monkeypatch.setenv("SIRABA_HTTP_PORT", "8080")
    settings = load_settings()
    shown = [
        str(settings),
        repr(settings),
        str(settings.model_dump()),
        settings.model_dump_json(),
        f"{settings!r:.999}",
    ]
    for secret in (TOKEN, SECRET, PASSWORD):
        assert not [text for text in shown if secret in text]


def test_settings_are_a_value():
    settings = load_settings()
    with pytest.raises(ValueError, match="frozen"):
        settings.language = "en"  # type: ignore[misc] # the point
    assert isinstance(settings, Settings)
