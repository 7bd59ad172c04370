"""The public commands: their files, their rows, and the sentence on a wrong call."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from certify.screening.cli import screening
from tests.rules.screening_files import UN, sdn


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    """A folder with two invented lists."""
    for folder, files in {"ofac": sdn(), "un": {"list.xml": UN.encode()}, "other": {}}.items():
        (tmp_path / "lists" / folder).mkdir(parents=True)
        for name, content in files.items():
            (tmp_path / "lists" / folder / name).write_bytes(content)
    return tmp_path / "lists"


def run(*arguments: object) -> Result:
    """Call the command."""
    return CliRunner().invoke(screening, [str(argument) for argument in arguments])


def lines(path: Path) -> list[dict[str, object]]:
    """The objects of a file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_pairs_answers_every_row_in_order(tmp_path: Path) -> None:
    (tmp_path / "pairs.csv").write_text(
        "note,schema,name1,name2\n"
        "x,COMPANY,Quimbaya S/A,Quimbaya S.A.\n"
        "y,person,Juan Tolima,Pedro Tolima\n"
        "z,Person,,x\n"
    )

    result = run("pairs", tmp_path / "pairs.csv", "--out", tmp_path / "out.jsonl")

    assert result.exit_code == 0
    answers = lines(tmp_path / "out.jsonl")
    assert [(answer["row"], answer["match"]) for answer in answers] == [(1, True), (2, False), (3, False)]
    assert answers[0]["score"] == 1.0
    assert answers[0]["features"] == ["“quimbaya” stands in both names.", "Both have the legal form “S.A.”."]


def test_batch_gives_hits_best_first_and_says_what_was_not_screened(tmp_path: Path, lists: Path) -> None:
    (tmp_path / "subjects.csv").write_text(
        "schema,name,country,birth_date\n"
        "Company,Quimbaya Comercial SA,CO,\n"
        "person,Zenobio Tolima Calarca,Colombia,1961-10-12\n"
        "person,Zenobio Tolima Calarca,,never\n"
        "person,...,,\n"
        "person,Nobody Known,,\n"
    )

    result = run("batch", tmp_path / "subjects.csv", "--out", tmp_path / "out.jsonl", "--lists", lists)

    assert result.exit_code == 0
    answers = lines(tmp_path / "out.jsonl")
    assert answers[0]["hits"] == [{"entry_uid": "ofac:101", "list": "ofac-sdn", "score": 1.0, "shown": True}]
    assert [len(answer["hits"]) for answer in answers] == [1, 1, 1, 0, 0]  # type: ignore[arg-type]
    assert [answer["status"] for answer in answers][2:] == ["screened", "not_screened", "screened"]


def test_check_prints_the_proof_as_json(lists: Path) -> None:
    result = run("check", "--name", "Kimbawi Holding", "--schema", "Company", "--lists", lists, "--json")

    answer = json.loads(result.stdout)["results"][0]
    assert [hit["entry_uid"] for hit in answer["hits"]] == ["un:7002"]
    assert {each["list"]: each["entries"] for each in answer["lists"]} == {"ofac-sdn": 3, "un-sc": 2}


def test_check_prints_lines_for_people(lists: Path) -> None:
    found = run("check", "--name", "Zenobio Kimbawi", "--birth-date", "1964", "--lists", lists)
    nothing = run("check", "--name", "Nobody Known", "--lists", lists)

    assert found.stdout == "1.00  un:7001  ZENOBIO KIMBAWI\n"
    assert found.stderr == "Skipped: other.\n"
    assert nothing.stdout == "No hit.\n"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"schema,name1\n", "The file in.csv has no column name2."),
        (b"", "The file in.csv has no column schema, name1, name2."),
        (b"schema,name1,name2\ncompany,a,\xff\n", "can't decode"),
        (b"schema,name1,name2\ncompany,a,\0\n", ""),
        (b'schema,name1,name2\ncompany,a,"' + b"x" * 200_000 + b'"\n', "field larger than field limit"),
    ],
    ids=["a column is missing", "empty", "not UTF-8", "a NUL", "a field of 200 000 letters"],
)
def test_a_wrong_table_is_refused_in_one_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    (tmp_path / "in.csv").write_bytes(content)

    result = run("pairs", tmp_path / "in.csv", "--out", tmp_path / "out.jsonl")

    assert sentence in result.stderr
    assert result.exit_code == (2 if sentence else 0)
    assert "Traceback" not in result.output


def test_a_wrong_date_or_folder_is_refused_in_one_sentence(tmp_path: Path, lists: Path) -> None:
    (lists / "un" / "list.xml").write_text("<!DOCTYPE x><CONSOLIDATED_LIST/>")

    date = run("check", "--name", "x", "--lists", lists / "ofac", "--birth-date", "soon")
    entity = run("check", "--name", "x", "--lists", lists)
    empty = run("check", "--name", "x", "--lists", lists / "other")

    assert (date.exit_code, entity.exit_code, empty.exit_code) == (2, 2, 2)
    assert "YYYY" in date.stderr
    assert "declares a document type" in entity.stderr
    assert "holds no list" in empty.stderr
