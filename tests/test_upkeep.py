"""`postseek check` and `postseek tags --suggest`: whether visitors find every post, and by which tags they might."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from click.testing import CliRunner, Result

from search_service.cli import main
from search_service.engine.embedded.engine import EmbeddedEngine

from .engine.posts import SITE, post, publish


def run(index: Path, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--index", str(index)])


def test_posts_that_are_first_for_their_titles_need_nothing(tmp_path: Path) -> None:
    publish(
        EmbeddedEngine(tmp_path), post("a", "Green tea"), post("b", "Green tea and black tea"), post("c", "#5 (-b)")
    )
    checked = run(tmp_path, "check")
    assert (checked.exit_code, checked.stdout) == (0, "3 posts searched for by title: 3 first.\n")


def test_what_stands_in_the_way_of_a_post_is_said(tmp_path: Path) -> None:
    twins = [post(f"{number:02}", "Weekly links") for number in range(12)]
    publish(EmbeddedEngine(tmp_path), post("signs", "…!?"), post("a", "Tea"), *twins)
    checked = run(tmp_path, "check")
    assert checked.exit_code == 1, "some are not on the first page"
    assert checked.stdout.startswith("14 posts searched for by title: 2 first.\n")
    said = checked.stdout.split("\n\n")[1:]
    assert len(said) == 12
    assert [each for each in said if "…!?" in each] == [
        f"…!?\n  {SITE}signs\n  not on the first page: its title has no words to search for; give it one that has"
    ]
    assert sum("not on the first page: 10 or more other posts have the same title" in each for each in said) == 2
    assert sum("hit number 2: 1 other post has the same title; give it one of its own" in each for each in said) == 1
    assert "hit number 2" in said[-1], "the worst come first"
    found = json.loads(run(tmp_path, "check", "--json").stdout)
    assert sorted(each["place"] or 99 for each in found) == [1, *range(1, 11), 99, 99, 99]


def test_a_post_without_a_title_is_not_found_by_it_although_it_is_the_newest(tmp_path: Path) -> None:
    publish(EmbeddedEngine(tmp_path), replace(post("a", body="Bees came."), title=""))
    checked = run(tmp_path, "check")
    assert checked.exit_code == 1
    assert f"\n(no title)\n  {SITE}a\n  not on the first page: its title has no words" in checked.stdout


def test_a_post_that_another_is_pinned_before_can_be_pinned_itself(tmp_path: Path) -> None:
    publish(EmbeddedEngine(tmp_path / "index"), post("a", "Tea"), post("b", "All about tea"))
    (tmp_path / "postseek.toml").write_text(f'[[pins]]\nquery = "tea"\nurls = ["{SITE}b"]\n')
    checked = CliRunner(env={"POSTSEEK_CONFIG": str(tmp_path / "postseek.toml")}).invoke(
        main, ["check", "--index", str(tmp_path / "index")]
    )
    assert checked.exit_code == 0
    assert "hit number 2: 'All about tea' comes before it; pin it for its title" in checked.stdout


def test_a_title_that_is_read_as_a_filter_is_named_as_one(tmp_path: Path) -> None:
    publish(EmbeddedEngine(tmp_path), post("a", "tag:css tricks"), post("b", "A review of tea, before:2018"))
    checked = run(tmp_path, "check")
    assert checked.exit_code == 1
    assert checked.stdout.count("a part of its title is read as a filter") == 2


def test_control_characters_of_a_title_dont_reach_the_terminal(tmp_path: Path) -> None:
    publish(EmbeddedEngine(tmp_path), post("a", "\x1b[31m"), post("b", "Tea \x9b0m"), post("c", "Tea \x9b0m"))
    assert not {"\x1b", "\x9b"} & set(run(tmp_path, "check").stdout)


def test_untagged_posts_get_the_tags_that_their_neighbours_have_in_common(tmp_path: Path) -> None:
    tea = [post(f"t{n}", f"Cup {n}", f"leaves kettle steep oolong day{n} word{n}", tags=["Tea"]) for n in range(4)]
    bees = [
        post(f"b{n}", f"Hive {n}", f"honey wax swarm queen day{n} term{n}", tags=["Bees", f"b{n}"]) for n in range(4)
    ]
    new = [
        post("new", "Another cup", "leaves kettle steep oolong"),
        post("named", "Bees and a kettle", "leaves kettle steep oolong steep oolong"),
        post("alone", "Nothing like it", "quite different"),
    ]
    publish(EmbeddedEngine(tmp_path), *tea, *bees, *new)
    said = run(tmp_path, "tags", "--suggest")
    assert said.exit_code == 0
    assert said.stdout.startswith("3 posts without tags; what the nearest posts have in common speaks for 2.\n")
    assert f"\n\nAnother cup\n  {SITE}new\n  Tea\n" in said.stdout
    found = {each["title"]: each["tags"] for each in json.loads(run(tmp_path, "tags", "--suggest", "--json").stdout)}
    assert found["Nothing like it"] == []
    assert found["Another cup"] == [{"tag": "tea", "label": "Tea", "share": 1.0}]
    shares = {tag["label"]: tag["share"] for tag in found["Bees and a kettle"]}
    assert list(shares) == ["Tea", "Bees"]
    assert shares["Bees"] < 0.5, "its title names the tag"


def test_without_the_option_the_tags_are_listed(tmp_path: Path) -> None:
    publish(EmbeddedEngine(tmp_path), post("a", tags=["Green Tea"]), post("b", tags=["green tea", "Bees"]))
    assert [line.split() for line in run(tmp_path, "tags").stdout.splitlines()] == [
        ["2", "Green", "Tea"],
        ["1", "Bees"],
    ]
