import io
import json
import logging
import sys
from collections.abc import Iterator

import pytest

from bot.commands.run import secrets_of
from bot.logs import QUIET, JsonLines, Redacting, set_up_logs
from bot.settings import load_settings

TOKEN = '123456:AbCd"EfGh\\IjKl'
EVENT = logging.getLogger("tests.bot.logs")


@pytest.fixture(autouse=True)
def _logs_as_they_were() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in QUIET}
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, was in levels.items():
        logging.getLogger(name).setLevel(was)


def logged(log_format: str | None, *, secrets: list[str] | None = None) -> io.StringIO:
    stream = io.StringIO()
    set_up_logs(log_format, secrets=secrets or [], stream=stream)
    return stream


def test_a_line_of_text_is_the_event_with_its_values():
    stream = logged("text")
    EVENT.info("a source was read", extra={"source": "tamani", "new": 3})
    assert stream.getvalue().rstrip().partition(" ")[2] == "info    a source was read source=tamani new=3"


def test_a_line_of_json_is_one_object():
    stream = logged("json")
    EVENT.warning("a source could not be read", extra={"source": "tamani", "why": "d’un « proxy »\n"})
    assert len(stream.getvalue().splitlines()) == 1
    line = json.loads(stream.getvalue())
    assert line.pop("at").startswith("20")
    assert line == {
        "level": "warning",
        "logger": "tests.bot.logs",
        "event": "a source could not be read",
        "source": "tamani",
        "why": "d’un « proxy »\n",
    }


@pytest.mark.parametrize("log_format", ["text", "json"])
@pytest.mark.parametrize(
    "speak",
    [
        pytest.param(lambda: EVENT.info("asking %s", f"https://api.example/bot{TOKEN}/getMe"), id="message"),
        pytest.param(lambda: EVENT.info("asking", extra={"url": TOKEN}), id="value"),
        pytest.param(lambda: EVENT.info("asking", extra={"urls": {"a": [f"bot{TOKEN}"]}}), id="nested-value"),
        pytest.param(lambda: EVENT.info("asking", extra={"url": "bot123456%3AAbCd%22EfGh%5CIjKl/getMe"}), id="quoted"),
    ],
)
def test_no_secret_reaches_a_line(log_format: str, speak: object):
    stream = logged(log_format, secrets=[TOKEN, ""])
    speak()  # type: ignore[operator] # a table of calls
    assert "[secret]" in stream.getvalue()
    assert "AbCd" not in stream.getvalue()


@pytest.mark.parametrize("formatter", [Redacting([TOKEN]), JsonLines([TOKEN])], ids=["text", "json"])
def test_no_secret_reaches_a_traceback(formatter: logging.Formatter):
    try:
        int(f"bot{TOKEN}")
    except ValueError:
        record = EVENT.makeRecord("x", logging.ERROR, "x", 1, "failed", (), sys.exc_info())
    text = formatter.format(record)
    assert "ValueError" in text
    assert "AbCd" not in text


def test_a_password_is_hidden_also_apart_from_its_address(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SIRABA_REDIS_URL", "redis://me:pa55word@redis:6379")
    monkeypatch.setenv("SIRABA_BOT_TOKEN", "123456:AbCdEf")
    assert secrets_of(load_settings()) == ["redis://me:pa55word@redis:6379", "pa55word", "123456:AbCdEf"]


def test_the_sentinels_own_password_is_hidden_too(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SIRABA_REDIS_URL", "redis+sentinel://:pa55word@one,two/siraba?sentinel_password=an0ther")
    assert {"pa55word", "an0ther"} <= set(secrets_of(load_settings()))


@pytest.mark.parametrize("is_terminal", [True, False])
def test_a_terminal_gets_text_and_all_else_json(monkeypatch: pytest.MonkeyPatch, is_terminal: bool):  # noqa: FBT001 - a table
    stream = io.StringIO()
    monkeypatch.setattr(stream, "isatty", lambda: is_terminal)
    set_up_logs(None, stream=stream)
    EVENT.info("hello")
    assert stream.getvalue().startswith("{") is not is_terminal


def test_libraries_that_print_addresses_are_quiet():
    stream = logged("text")
    logging.getLogger("httpx").info("HTTP Request: POST https://api.telegram.org/bot1:abc/getMe")
    logging.getLogger("telegram.request.BaseRequest").error("Can not load invalid JSON data: ...")
    logging.getLogger("apscheduler.scheduler").warning("Execution of job skipped: maximum number of instances reached")
    assert stream.getvalue() == ""


def test_setting_up_twice_writes_once():
    logged("text")
    stream = logged("text")
    EVENT.info("hello")
    assert len(stream.getvalue().splitlines()) == 1
