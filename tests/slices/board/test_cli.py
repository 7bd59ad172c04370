"""`certify board tally` recounts a closed ballot from its exported record."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from certify.board import queries
from certify.board.cli import board
from certify.board.tally import Vote
from tests.makers.board import decide, make_board, make_motion

RULES = {
    "quorum": {"more_than": "1/2", "of": "base"},
    "majority": [{"more_than": "1/1", "of": "against"}, {"at_least": "1/3", "of": "base"}],
    "least_seats": 5,
}
RECORD: dict[str, Any] = {
    "rules": RULES,
    "base": ["A", "B", "C", "D", "E"],
    "present": ["A", "B", "C"],
    "votes": {"A": "for", "B": "for", "C": "abstain"},
}


def recount(folder: Path, record: object, *options: str) -> Any:
    """Run the command on a record."""
    file = folder / "ballot.json"
    file.write_text(record if isinstance(record, str) else json.dumps(record))
    return CliRunner().invoke(board, ["tally", str(file), *options])


def test_the_sum_is_printed_as_json(tmp_path: Path) -> None:
    answer = recount(tmp_path, RECORD, "--json")

    assert json.loads(answer.output) == {
        "outcome": "adopted",
        "base": 5,
        "present": 3,
        "for": 2,
        "against": 0,
        "abstain": 1,
        "quorum": 3,
        "needed": 2,
    }


def test_the_sum_is_printed_in_words(tmp_path: Path) -> None:
    assert "Result: adopted" in recount(tmp_path, RECORD).output


def test_an_exported_record_is_recounted_to_its_own_sum(tmp_path: Path, change: Callable[[], Any]) -> None:
    with change():
        make_board()
        ballot = decide(make_motion(countries=["CO"]), {"AG": Vote.FOR, "BB": Vote.AGAINST})

    answer = recount(tmp_path, queries.record_of(ballot), "--json")

    assert answer.exit_code == 0
    assert json.loads(answer.output)["outcome"] == "rejected"


def test_a_record_whose_own_sum_was_changed_is_told_apart(tmp_path: Path) -> None:
    answer = recount(tmp_path, RECORD | {"sum": {"outcome": "rejected", "for": 2}})

    assert answer.exit_code == 1
    assert "differs in: outcome" in answer.output


@pytest.mark.parametrize("record", ["", "[]", "{}", "{" * 3, "[" * 50_000, '{"sum": []}', "\x00"])
def test_what_is_no_record_is_refused_with_exit_code_2(tmp_path: Path, record: str) -> None:
    answer = recount(tmp_path, record)

    assert answer.exit_code == 2
    assert "is not the record of a ballot" in answer.output
    assert "Traceback" not in answer.output


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert CliRunner().invoke(board, ["tally", str(tmp_path / "none.json")]).exit_code == 2
