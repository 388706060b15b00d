"""One line a message, whatever it holds."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_service.logs import OneLine, configure_logging


@pytest.fixture
def log() -> Iterator[logging.Logger]:
    """A logger; what `configure_logging` does to the root is undone."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield logging.getLogger("postseek.test")
    root.handlers[:] = handlers
    root.setLevel(level)


def formatted(message: str, *arguments: object) -> str:
    record = logging.LogRecord("name", logging.INFO, "file.py", 1, message, arguments, None)
    return OneLine("%(levelname)s %(message)s").format(record)


@given(st.text(st.characters(), max_size=80))
def test_any_message_is_one_line_without_control_characters(text: str) -> None:
    line = formatted("searched %s", text)
    assert len(line.splitlines()) == 1
    assert all(char.isprintable() or char not in map(chr, [*range(32), *range(127, 160)]) for char in line)


def test_control_characters_are_written_as_escapes() -> None:
    assert formatted("q=%s", "a\r\nINFO forged\x1b[31m\u2028") == r"INFO q=a\r\nINFO forged\x1b[31m\u2028"


def test_text_of_any_script_stays_as_it_is() -> None:
    assert formatted("%s", "Rücken 東京 🧘") == "INFO Rücken 東京 🧘"


def test_a_traceback_stands_below_its_line(log: logging.Logger, capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging()
    try:
        raise ValueError("bad page")
    except ValueError:
        log.exception("page %s failed", "a\nb")
    first, second, *rest = capsys.readouterr().err.splitlines()
    assert first.endswith(r"ERROR postseek.test: page a\nb failed")
    assert second.startswith("  Traceback")
    assert rest[-1] == "  ValueError: bad page"


def test_what_an_exception_says_forges_no_line(log: logging.Logger, capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging()
    try:
        raise ValueError("bad\n2026-01-01T00:00:00 INFO forged\x1b[31m\rpage")
    except ValueError:
        log.exception("failed")
    first, *below = capsys.readouterr().err.splitlines()
    assert first.endswith("failed")
    assert all(line.startswith("  ") for line in below)
    assert below[-1] == r"  2026-01-01T00:00:00 INFO forged\x1b[31m\rpage"


def test_a_record_is_left_as_it_was_for_other_handlers() -> None:
    try:
        raise ValueError
    except ValueError as exc:
        record = logging.LogRecord("name", logging.ERROR, "file.py", 1, "x", (), (ValueError, exc, exc.__traceback__))
    assert OneLine().format(record) == OneLine().format(record)
    assert record.exc_info is not None


def test_logs_go_to_stderr_from_the_level_on(log: logging.Logger, capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("warning")
    log.info("quiet")
    log.warning("loud")
    out, err = capsys.readouterr()
    assert out == ""
    assert "loud" in err
    assert "quiet" not in err
    assert err.count("\n") == 1


def test_logging_can_be_configured_again(log: logging.Logger, capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("error")
    configure_logging("debug")
    log.debug("once")
    assert capsys.readouterr().err.count("once") == 1


def test_what_a_message_is_about_stands_behind_it(log: logging.Logger, capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging()
    log.warning("redirect to nowhere", extra={"url": "https://blog.example/a\n", "target": "x"})
    assert capsys.readouterr().err.endswith(r" redirect to nowhere url=https://blog.example/a\n target=x" + "\n")
