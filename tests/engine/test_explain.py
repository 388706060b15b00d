"""`postseek search --explain` says what a hit's score is made of."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from search_service.cli import main
from search_service.engine.embedded.engine import EmbeddedEngine

from .posts import post, publish


def test_each_part_of_a_score_is_a_line_of_its_own(tmp_path: Path) -> None:
    publish(EmbeddedEngine(tmp_path), post("a", "Back pain", "pain in the back"), post("b", "Backs"))
    arguments = ["search", "back", "pian", "--index", str(tmp_path)]
    plain = CliRunner().invoke(main, arguments)
    assert plain.exit_code == 0
    assert '"back" in the title' not in plain.stdout
    assert 'Searched for: back pain. As typed: back "pian"' in plain.stderr
    explained = CliRunner().invoke(main, [*arguments, "--explain"])
    assert explained.exit_code == 0
    assert '"back" in the title' in explained.stdout
    assert '"pian" in the post' in explained.stdout
    pair = CliRunner().invoke(main, ["search", "in the back", "--explain", "--index", str(tmp_path)])
    assert '"the back" side by side' not in pair.stdout, "a word that doesn't count makes no pair"
    first = CliRunner().invoke(main, ["search", "back pain", "--explain", "--index", str(tmp_path)])
    assert "the title is what was typed: comes first" in first.stdout
    assert '"back pain" side by side' in first.stdout


def test_accents_that_were_typed_are_a_part_of_the_score(tmp_path: Path) -> None:
    publish(EmbeddedEngine(tmp_path), post("a", "A résumé"), post("b", "Resume"))
    explained = CliRunner().invoke(main, ["search", "résumé", "--explain", "--index", str(tmp_path)])
    assert explained.stdout.count('"résumé" written so') == 1
