"""`postseek search`: the service's search in the terminal."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner, Result

from search_service.cli import main
from search_service.engine.embedded.engine import EmbeddedEngine

from .engine.posts import post, publish


def searched(index: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["search", *words, "--index", str(index)])


def test_a_hyphen_excludes_a_word_and_a_mistyped_option_is_refused(tmp_path: Path) -> None:
    publish(EmbeddedEngine(tmp_path), post("a", "Green tea"), post("b", "Black tea"))
    found = searched(tmp_path, "tea", "-black")
    assert (found.exit_code, found.stdout.splitlines()[0]) == (0, "1 post")
    refused = searched(tmp_path, "tea", "--afterr", "2017")
    assert refused.exit_code == 2
    assert "No such option" in refused.stderr


def test_a_day_that_is_none_is_refused_by_its_option(tmp_path: Path) -> None:
    publish(EmbeddedEngine(tmp_path), post("a", "Green tea"))
    for option in ("--after", "--before"):
        refused = searched(tmp_path, "tea", option, "2020-13")
        assert (refused.exit_code, refused.stderr) == (
            2,
            f"postseek: {option}: '2020-13' is not a day of the calendar\n",
        )


def test_options_and_what_was_typed_both_hold_for_dates_as_for_tags(tmp_path: Path) -> None:
    posts = [post(str(year), "Green tea", date=dt.date(year, 5, 1)) for year in range(2015, 2020)]
    publish(EmbeddedEngine(tmp_path), *posts)
    found = searched(tmp_path, "tea", "after:2017", "before:2018", "--after", "2016", "--before", "2019")
    assert (found.exit_code, found.stdout.splitlines()[0]) == (0, "2 posts")


def test_a_tag_that_is_none_is_refused(tmp_path: Path) -> None:
    publish(EmbeddedEngine(tmp_path), post("a", "Green tea"))
    refused = searched(tmp_path, "tea", "--tag", "green", "--tag", "#,")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "--tag names no tag" in refused.stderr


def test_what_a_full_disk_has_no_room_for_is_told_in_a_sentence(tmp_path: Path) -> None:
    publish(EmbeddedEngine(tmp_path), post("a", "Green tea"))
    command = [sys.executable, "-m", "search_service.cli", "search", "tea", "--index", str(tmp_path)]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True)
    told = "postseek: what is printed can't be written: No space left on device\n"
    assert (done.returncode, done.stderr) == (os.EX_IOERR, told)


def test_who_has_no_output_has_no_failure_either(tmp_path: Path) -> None:
    publish(EmbeddedEngine(tmp_path), post("a", "Green tea"))
    command = f"exec {sys.executable} -m search_service.cli search tea --index {tmp_path} >&- 2>&-"
    assert subprocess.run(command, shell=True, check=False).returncode == 0
    assert subprocess.run(f"{command} --after never", shell=True, check=False).returncode == 2
    looked = f"exec {sys.executable} -m search_service.cli check --index {tmp_path} 2>&-"
    assert subprocess.run(looked, shell=True, check=False, stdout=subprocess.PIPE).returncode == 0


def test_control_characters_of_a_post_dont_reach_the_terminal(tmp_path: Path) -> None:
    publish(EmbeddedEngine(tmp_path), post("a", "Esc \x1b]0;title\x07", "tea \x1b[31mred\x9b0m"))
    shown = searched(tmp_path, "tea").stdout
    assert "tea" in shown
    assert not {"\x1b", "\x07", "\x9b"} & set(shown)
