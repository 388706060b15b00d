"""The errors are those that the module's docstring draws."""

from __future__ import annotations

import inspect
import re

import pytest

from search_service.engine import errors

DRAWN = re.findall(r"([├└│ ─]+)(\w+) +(\w+) +(\d+|-) +(\d+|-)", errors.__doc__ or "")
CLASSES: dict[str, type[errors.PostseekError]] = {
    name: kind
    for name, kind in vars(errors).items()
    if inspect.isclass(kind) and issubclass(kind, errors.PostseekError)
}


def test_every_error_is_drawn() -> None:
    drawn = {name for _, name, *_ in DRAWN} | {"PostseekError", "IndexerError"}
    assert drawn == CLASSES.keys()


@pytest.mark.parametrize(("indent", "name", "code", "http", "exit_status"), DRAWN)
def test_an_error_is_as_it_is_drawn(indent: str, name: str, code: str, http: str, exit_status: str) -> None:
    kind = CLASSES[name]
    assert issubclass(kind, errors.PostseekError)
    assert issubclass(kind, errors.IndexerError) == (len(indent) > 8)
    assert kind.code == code
    assert kind.http_status == (None if http == "-" else int(http))
    assert kind.exit_status == (errors.PostseekError.exit_status if exit_status == "-" else int(exit_status))
    assert kind.__doc__


def test_codes_are_unique() -> None:
    codes = [kind.code for kind in CLASSES.values()]
    assert len(codes) == len(set(codes))


def test_errors_say_what_they_are_about() -> None:
    assert errors.QueryError("no such day", parameter="after").parameter == "after"
    failed = errors.FetchError("404", url="https://blog.example/a", gone=True)
    assert (failed.url, failed.gone, str(failed)) == ("https://blog.example/a", True, "404")
    assert not errors.FetchError("timed out", url="https://blog.example/a").gone
    assert errors.ExtractionError("too deep", url="https://blog.example/a").url == "https://blog.example/a"
