"""One table of settings, four places that set them."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from search_service.config import SETTINGS, Config, load_config, to_environment
from search_service.engine.errors import ConfigError


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_without_anything_the_defaults_hold(here: Path) -> None:
    assert load_config(environment={}) == Config()


def test_flags_win_over_the_environment_over_the_file_over_the_defaults(here: Path) -> None:
    (here / "postseek.toml").write_text('port = 1\nhost = "file"\nsite_name = "file"\n')
    environment = {"POSTSEEK_PORT": "2", "POSTSEEK_HOST": "environment", "OTHER_PORT": "9"}
    config = load_config(flags={"port": 3}, environment=environment)
    assert (config.port, config.host, config.site_name, config.workers) == (3, "environment", "file", 1)


def test_flags_that_were_not_given_set_nothing(here: Path) -> None:
    assert load_config(flags={"port": None, "index": None}, environment={}) == Config()


def test_a_flag_may_be_nought_or_empty(here: Path) -> None:
    config = load_config(flags={"port": 0, "site_name": ""}, environment={"POSTSEEK_SITE_NAME": "Blog"})
    assert (config.port, config.site_name) == (0, "")


def test_the_file_can_be_named(here: Path) -> None:
    (here / "postseek.toml").write_text("port = 1")
    (here / "other.toml").write_text("port = 2")
    (here / "third.toml").write_text("port = 3")
    environment = {"POSTSEEK_CONFIG": "other.toml"}
    assert load_config(environment=environment).port == 2
    assert load_config(environment=environment, file=here / "third.toml").port == 3


def test_a_named_file_must_be_there(here: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.toml"):
        load_config(environment={}, file=here / "none.toml")
    with pytest.raises(ConfigError, match=r"none\.toml"):
        load_config(environment={"POSTSEEK_CONFIG": "none.toml"})


@pytest.mark.parametrize("content", [b"port = ", b"port = 1\nport = 2", b"\xff\xfe", b"port = 1\n[port]"])
def test_a_file_that_is_no_toml_is_refused_by_name(here: Path, content: bytes) -> None:
    (here / "postseek.toml").write_bytes(content)
    with pytest.raises(ConfigError, match=r"postseek\.toml is not valid TOML"):
        load_config(environment={})


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("prot = 8000", r"postseek\.toml: there is no setting prot; did you mean port\?"),
        ("xyzzy = 1", r"postseek\.toml: there is no setting xyzzy$"),
        ("[server]\nport = 1", r"no setting server"),
        ('port = "eighty"', r"port must be a whole number from 0 to 65535"),
        ("port = 65536", r"port must be a whole number from 0 to 65535, not 65536"),
        ("port = -1", r"port must be"),
        ("port = 80.0", r"port must be"),
        ("port = true", r"port must be"),
        ("port = [80]", r"port must be"),
        ("workers = 0", r"workers must be a whole number from 1"),
        ("max_lost_share = 101", r"from 0 to 100"),
        ("host = 1", r"host must be text"),
        ("index = 1", r"index must be a path"),
        ('index = ""', r"index must be a path"),
        ('log_level = "loud"', r"log_level must be one of debug, info, warning, error, not 'loud'"),
    ],
)
def test_what_the_file_cant_say_is_refused_with_the_remedy(here: Path, toml: str, message: str) -> None:
    (here / "postseek.toml").write_text(toml)
    with pytest.raises(ConfigError, match=message):
        load_config(environment={})


def test_unknown_names_in_the_environment_are_refused_as_they_are_written(here: Path) -> None:
    with pytest.raises(ConfigError, match=r"no setting POSTSEEK_PROT; did you mean POSTSEEK_PORT\?"):
        load_config(environment={"POSTSEEK_PROT": "1"})
    with pytest.raises(ConfigError, match=r"the environment: POSTSEEK_PORT must be a whole number"):
        load_config(environment={"POSTSEEK_PORT": ""})


def test_unknown_flags_are_refused(here: Path) -> None:
    with pytest.raises(ConfigError, match=r"the command line: there is no setting colour"):
        load_config(flags={"colour": "red"}, environment={})


def test_settings_travel_in_the_environment(here: Path) -> None:
    config = Config(
        index=Path("some where/ïndex"),
        host="::1",
        port=0,
        workers=4,
        site_name="Kim's “blog” = 1\nand only",
        index_workers=2,
        page_seconds=5,
        max_lost_share=0,
        max_failed_share=100,
        log_level="debug",
    )
    assert all(getattr(config, field.name) != field.default for field in fields(Config))
    assert load_config(environment=to_environment(config)) == config
    assert load_config(environment=to_environment(Config())) == Config()


def test_every_setting_says_what_it_is() -> None:
    for name, setting in SETTINGS.items():
        assert setting.metadata["help"].endswith("."), name


def test_every_default_is_possible(here: Path) -> None:
    assert load_config(flags={name: setting.default for name, setting in SETTINGS.items()}, environment={}) == Config()
