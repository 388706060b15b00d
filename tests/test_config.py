"""One table of settings, four places that set them."""

from __future__ import annotations

import json
import tomllib
from dataclasses import fields, replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from search_service.cli import main
from search_service.config import load_config, to_environment
from search_service.engine.errors import ConfigError
from search_service.settings import SETTINGS, Config, Pin, SiteRules
from search_service.toml import as_toml


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


def test_the_home_folder_has_its_usual_name(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(here))
    (here / "postseek.toml").write_text('index = "~/index"')
    assert load_config(environment={}).index == here / "index"


def test_the_file_can_be_named(here: Path) -> None:
    (here / "postseek.toml").write_text("port = 1")
    (here / "other.toml").write_text("port = 2")
    (here / "third.toml").write_text("port = 3")
    environment = {"POSTSEEK_CONFIG": "other.toml"}
    assert load_config(environment=environment).port == 2
    assert load_config(environment=environment, file=here / "third.toml").port == 3
    assert load_config(environment={"POSTSEEK_CONFIG": ""}).port == 1


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
        ("port = true", r"port must be .*, not true$"),
        ("port = [80]", r"port must be"),
        ("workers = 0", r"workers must be a whole number from 1"),
        ("max_lost_share = 101", r"from 0 to 100"),
        ("host = 1", r'host must be text in quotation marks, such as "127\.0\.0\.1"$'),
        ("site_name = []", r'site_name must be text in quotation marks, such as "The Example"$'),
        ("reindex_secret = 1234567890123456", r"reindex_secret must be text in quotation marks$"),
        ("index = 1", r'index must be a path, such as "\.postseek/index"$'),
        ('index = ""', r"index must be a path"),
        ('host = " "', r"host must not be empty; 0\.0\.0\.0 stands for all"),
        ('page_lang = "sv"', r"page_lang must be one of ar, de, .*, alone or with a region such as pt-BR, not 'sv'"),
        ("page_lang = 1", r'page_lang must be text in quotation marks, such as "pt-BR"$'),
        ("access_log = 1", r"access_log must be true or false, not 1"),
        ('access_log = "maybe"', r"access_log must be true or false"),
        ("featured = 1", r'featured must be like \["https://blog.example/.*"\]: expected a list, got a number$'),
        ("featured = [1]", r"featured must be like .*: expected text, got a number - at `featured\[0\]`$"),
        ('synonyms = "a, b"', r'synonyms must be like \[\["tea", "chai"\]\]: expected a list, got text$'),
        ('synonyms = ["tea"]', r"synonyms must be like .*: expected a list, got text - at `synonyms\[0\]`$"),
        ('pins = "tea"', r'pins must be like \[\{query = "opening hours", urls = .*\}\]: expected a list, got text$'),
        ('pins = [{query = "tea"}]', r"pins must be like .*: .*missing required field `urls` - at `pins\[0\]`$"),
        ('pins = [{query = "tea", urls = [], url = ""}]', r"pins must be like .*unknown field `url`"),
        ("pins = 2026-01-02", r"pins must be like .*: expected a list, got a date$"),
        ('[[sites]]\naddress = "x"\nbdoy = ""', r"sites must be like .*unknown field `bdoy`"),
        ('[[sites]]\naddress = "blog"', r"sites must have addresses such as https://blog\.example/, not 'blog'"),
        ('public_url = "search.example"', r"public_url must be an address such as https://search\.example/"),
        ('public_url = "https://search.example/?q=1"', r"public_url must be an address"),
        ('allow_origins = ["https://blog.example/"]', r"allow_origins must be origins such as .*without a path"),
        ('allow_origins = ["blog.example"]', r"allow_origins must be origins"),
        ('trusted_proxies = ["nginx"]', r"trusted_proxies must be addresses or networks .*'nginx'"),
        ('trusted_proxies = ["10.0.0.1/8"]', r"trusted_proxies must be .*host bits set"),
        ('trusted_proxies = ["*"]', r"trusted_proxies must be"),
        ('reindex_secret = "short"', r"reindex_secret must have at least 16 characters"),
        ('reindex_secret = "0123456789abcdef\\n"', r"reindex_secret must not begin or end with white space"),
        ('index = "a\\u0000b"', r"index must be a path"),
        ('index = "~nobody-of-this-name/index"', r"index can't be '~nobody-of-this-name/index'"),
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


EVERYTHING = Config(
    index=Path("some where/ïndex"),
    host="::1",
    port=0,
    workers=4,
    site_name="Kim's “blog” = 1\nand only \\ \x7f\x1f\"",
    page_lang="zh-Hant-HK",
    public_url="https://search.example/find/",
    allow_origins=("https://blog.example", "http://localhost:8080", "*"),
    trusted_proxies=("127.0.0.1", "10.0.0.0/8", "2001:db8::/32"),
    rate_limit=0,
    access_log=False,
    log_queries=True,
    reindex_secret="0123456789abcdef",
    watch_seconds=60,
    recency=20,
    example="examples/riverstone",
    featured=("https://blog.example/a,b", "https://blog.example/“c”"),
    synonyms=(("lumbago", "lower back pain"), ("tea", "chai")),
    pins=(Pin(query='a "quoted" text', urls=("https://blog.example/a",)), Pin(query="b", urls=())),
    sites=(
        SiteRules(address="https://blog.example/", posts=("/20*/*",), title="h1.title", remove=".ads, .share"),
        SiteRules(address="https://other.example/"),
    ),
    index_workers=2,
    page_seconds=5,
    max_lost_share=0,
    max_failed_share=100,
    log_level="debug",
)


def test_settings_travel_in_the_environment(here: Path) -> None:
    assert all(getattr(EVERYTHING, field.name) != field.default for field in fields(Config))
    assert load_config(environment=to_environment(EVERYTHING)) == EVERYTHING
    assert load_config(environment=to_environment(Config())) == Config()


def test_what_is_printed_is_what_the_file_may_hold_but_for_the_secret(here: Path) -> None:
    printed = as_toml(EVERYTHING)
    (here / "postseek.toml").write_text(printed)
    assert load_config(environment={}) == replace(EVERYTHING, reindex_secret="")
    assert EVERYTHING.reindex_secret not in printed
    assert "# reindex_secret is set, and not shown" in printed
    assert "# reindex_secret is not set" in as_toml(Config())
    for setting in SETTINGS.values():
        assert setting.metadata["help"] in printed


@pytest.mark.parametrize("arguments", [[], ["--json"]])
def test_the_command_shows_the_settings_in_force_and_never_the_secret(here: Path, arguments: list[str]) -> None:
    environment = to_environment(EVERYTHING)
    done = CliRunner().invoke(main, ["config", *arguments], env=environment)
    assert done.exit_code == 0, done.output
    assert EVERYTHING.reindex_secret not in done.output
    if arguments:
        shown = json.loads(done.stdout)
        assert set(shown) == set(SETTINGS)
        assert (shown["port"], shown["access_log"], shown["index"]) == (0, False, "some where/ïndex")
        assert shown["pins"][0] == {"query": 'a "quoted" text', "urls": ["https://blog.example/a"]}
        assert shown["reindex_secret"] == {"set": True}
    else:
        assert tomllib.loads(done.stdout)["synonyms"] == [["lumbago", "lower back pain"], ["tea", "chai"]]


def test_lists_and_tables_are_written_as_toml_has_them(here: Path) -> None:
    (here / "postseek.toml").write_text(
        """
        featured = ["https://blog.example/a"]
        synonyms = [["tea", "chai"]]
        access_log = false
        [[pins]]
        query = "tea"
        urls = ["https://blog.example/tea"]
        [[sites]]
        address = "https://blog.example/"
        body = "article"
        """
    )
    config = load_config(environment={})
    assert config.featured == ("https://blog.example/a",)
    assert config.synonyms == (("tea", "chai"),)
    assert config.pins == (Pin(query="tea", urls=("https://blog.example/tea",)),)
    assert config.sites == (SiteRules(address="https://blog.example/", body="article"),)
    assert config.access_log is False


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("https://a.example, https://b.example,", ("https://a.example", "https://b.example")),
        ('["https://a.example"]', ("https://a.example",)),
        (' [ "https://a.example" , "https://b.example" ]', ("https://a.example", "https://b.example")),
        ("", ()),
        ("[]", ()),
    ],
)
def test_a_list_of_words_in_the_environment_has_commas_or_is_json(
    here: Path, written: str, read: tuple[str, ...]
) -> None:
    assert load_config(environment={"POSTSEEK_ALLOW_ORIGINS": written}).allow_origins == read


@pytest.mark.parametrize("written", ["[1", "[" * 100_000, '["\udcff"]'])
@pytest.mark.parametrize("name", ["POSTSEEK_ALLOW_ORIGINS", "POSTSEEK_SYNONYMS"])
def test_what_is_no_json_in_the_environment_is_called_that(here: Path, name: str, written: str) -> None:
    with pytest.raises(ConfigError, match=rf"{name} must be like \[.*\]: it is not valid JSON"):
        load_config(environment={name: written})


def test_an_example_in_the_environment_is_json(here: Path) -> None:
    with pytest.raises(
        ConfigError, match=r'POSTSEEK_SITES must be like (\[\{"address":.*\}\]): expected a list'
    ) as raised:
        load_config(environment={"POSTSEEK_SITES": "{}"})
    example = str(raised.value).partition(" must be like ")[2].partition(": expected")[0]
    assert load_config(environment={"POSTSEEK_SITES": example}).sites == SETTINGS["sites"].metadata["like"]


def test_every_example_is_possible(here: Path) -> None:
    likely = {name: setting.metadata["like"] for name, setting in SETTINGS.items()}
    assert load_config(flags=likely, environment={}) == Config(**likely)


def test_a_file_from_windows_is_read(here: Path) -> None:
    (here / "postseek.toml").write_bytes(b"\xef\xbb\xbfport = 1\r\nsite_name = 'B'\r\n")
    config = load_config(environment={})
    assert (config.port, config.site_name) == (1, "B")


@pytest.mark.parametrize("written", [b"featured = " + b"[" * 100_000, b"port = " + b"1" * 5000, b"port = 1 # \xff"])
def test_a_file_that_no_reader_can_take_is_a_configuration_error(here: Path, written: bytes) -> None:
    (here / "postseek.toml").write_bytes(written)
    with pytest.raises(ConfigError, match=r"postseek\.toml is (not valid TOML|nested too deeply)"):
        load_config(environment={})


def test_a_secret_never_stands_in_a_message(here: Path) -> None:
    with pytest.raises(ConfigError, match="at least 16 characters") as raised:
        load_config(environment={"POSTSEEK_REINDEX_SECRET": "swordfish"})
    assert "swordfish" not in str(raised.value)
    assert "0123456789abcdef" not in repr(EVERYTHING)


@pytest.mark.parametrize(
    ("written", "read"), [("1", True), ("true", True), ("YES", True), ("off", False), ("0", False), ("False", False)]
)
def test_truth_in_the_environment_has_the_usual_spellings(here: Path, written: str, read: bool) -> None:
    assert load_config(environment={"POSTSEEK_LOG_QUERIES": written}).log_queries is read


@pytest.mark.parametrize("prefix", ["POSTSEEK", "POSTSEEK_WEB", "POSTSEEK_SEARCH_SERVICE"])
def test_what_kubernetes_tells_of_services_of_that_name_sets_nothing(here: Path, prefix: str) -> None:
    links = {
        f"{prefix}_SERVICE_HOST": "10.0.0.1",
        f"{prefix}_SERVICE_PORT": "8000",
        f"{prefix}_SERVICE_PORT_HTTP": "8000",
        f"{prefix}_PORT": "tcp://10.0.0.1:8000",
        f"{prefix}_PORT_8000_TCP": "tcp://10.0.0.1:8000",
        f"{prefix}_PORT_8000_TCP_PROTO": "tcp",
        f"{prefix}_PORT_8000_TCP_PORT": "8000",
        f"{prefix}_PORT_8000_TCP_ADDR": "10.0.0.1",
        f"{prefix}_PORT_53_UDP": "udp://10.0.0.1:53",
    }
    assert load_config(environment=links) == Config()


def test_what_the_service_tells_its_workers_is_no_setting(here: Path) -> None:
    assert load_config(environment={"POSTSEEK_RUN_FOLDER": "x"}) == Config()


def test_every_setting_says_what_it_is() -> None:
    for name, setting in SETTINGS.items():
        assert setting.metadata["help"].endswith("."), name


def test_every_default_is_possible(here: Path) -> None:
    assert load_config(flags={name: setting.default for name, setting in SETTINGS.items()}, environment={}) == Config()
