"""`certify score` at the terminal: what it prints, and that it refuses in one sentence."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from certify.assessment.cli import score_command
from certify.criteria.canonical import canonical_json, digest
from tests.makers.frameworks import example_folder, example_structure, files_of, write_framework

CASE: dict[str, Any] = {
    "profile": {"size": "small", "sectors": ["energy", "services"]},
    "exclusions": {"EXC-01": "no"},
    "answers": {
        "HRT-01": {"level": 4, "grade": 3},
        "ENV-01": {"number": "7.5", "grade": 2},
        "ENV-02": {"level": 4, "grade": 2},
    },
}
RECORDS = {
    "adjustments": [
        {
            "criterion": "HRT-01",
            "value": 7500,
            "reason": "not communicated to suppliers",
            "who": "reviewer-2",
            "when": "2026-03-01T09:30:00Z",
        }
    ]
}

TWICE = ["--framework", "./example", "--answers", "answers.json", "--json"]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the example framework, its answers and records, in which the command runs."""
    example_folder(tmp_path / "example")
    (tmp_path / "answers.json").write_text(json.dumps(CASE))
    (tmp_path / "adjustments.json").write_text(json.dumps(RECORDS))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def certify_score(*arguments: str) -> Result:
    return CliRunner().invoke(score_command, list(arguments))


def scored(*arguments: str) -> Result:
    return certify_score("--framework", "./example", "--answers", "answers.json", *arguments)


def assert_refused(result: Result) -> str:
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    assert "Traceback" not in result.stderr
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.stderr


def test_the_worked_example_gives_its_digest(here: Path) -> None:
    result = scored("--adjustments", "adjustments.json", "--json")

    found = json.loads(result.stdout)
    assert (result.exit_code, result.stderr) == (0, "")
    assert found["digests"]["result"] == "0b6899c85e20ba4d4c03e63471620950f7a37b7c18671f6b8d177cd731dc7484"


def test_the_output_is_canonical_and_names_its_own_digest(here: Path) -> None:
    result = scored("--json")

    found = json.loads(result.stdout)
    named = found["digests"].pop("result")
    assert digest(found) == named
    found["digests"]["result"] = named
    assert result.stdout == canonical_json(found) + "\n"


def test_the_bytes_are_the_same_in_a_terminal_without_unicode(here: Path) -> None:
    reason = {"adjustments": [RECORDS["adjustments"][0] | {"reason": "señalado ✓"}]}
    (here / "adjustments.json").write_text(json.dumps(reason))
    arguments = ["--framework", "./example", "--answers", "answers.json", "--adjustments", "adjustments.json", "--json"]
    program = f"from certify.assessment.cli import score_command; score_command({arguments!r})"
    root = Path(__file__).parents[2]

    plain, unicode = (
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONPATH": str(root), "PYTHONIOENCODING": encoding, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for encoding, seed in (("ascii", "1"), ("utf-8", "2"))
    )

    assert plain == unicode
    assert "señalado ✓".encode() in plain


def test_a_table_is_printed_for_people(here: Path) -> None:
    result = scored("--adjustments", "adjustments.json")

    assert result.exit_code == 0
    assert "Band:   conditional" in result.stdout
    assert "Total:  60.21" in result.stdout
    assert "the required level of ENV-02 is missed: en ENV-02.title" in result.stdout
    assert "reviewer-2: not communicated to suppliers" in result.stdout


def test_the_table_of_an_excluded_company_says_why(here: Path) -> None:
    (here / "answers.json").write_text(json.dumps(CASE | {"exclusions": {"EXC-01": "yes"}}))

    result = scored()

    assert "Band:   not eligible" in result.stdout
    assert "the exclusion EXC-01 is confirmed: en EXC-01.title" in result.stdout


def test_a_reason_cannot_steer_the_terminal(here: Path) -> None:
    reason = {"adjustments": [RECORDS["adjustments"][0] | {"reason": "a\x1b[2Jb\nc"}]}
    (here / "adjustments.json").write_text(json.dumps(reason))

    result = scored("--adjustments", "adjustments.json")

    assert "\x1b" not in result.stdout
    assert "a[2Jb c" in result.stdout


@pytest.mark.parametrize("name", ["example/", "./example", "../{}/example", "example/../example"])
def test_a_name_with_a_slash_is_a_path(here: Path, name: str) -> None:
    result = certify_score("--framework", name.format(here.name), "--answers", "answers.json", "--json")

    assert result.exit_code == 0


def test_a_point_alone_is_this_folder(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(here / "example")

    result = certify_score("--framework", ".", "--answers", "../answers.json", "--json")

    assert result.exit_code == 0


def test_a_shipped_version_is_found_by_name(here: Path) -> None:
    (here / "answers.json").write_text('{"profile": {"size": "small", "sectors": ["crafts"]}, "answers": {}}')

    result = certify_score("--framework", "example-cooperative@1.0.0", "--answers", "answers.json", "--json")

    assert json.loads(result.stdout)["framework"] == "example-cooperative@1.0.0"


@pytest.mark.parametrize(
    "name",
    [
        "example",
        "example@1.0.0",
        "oas-certification",
        "oas-certification@1",
        "OAS-certification@1.0.0",
        "",
        "@",
        "a@b@c",
    ],
)
def test_a_name_that_is_not_shipped_is_refused(here: Path, name: str) -> None:
    assert_refused(certify_score("--framework", name, "--answers", "answers.json", "--json"))


@pytest.mark.parametrize(
    "path", ["./nothing", "./answers.json", "example/framework.yml", "./" + "a" * 5000, "/dev/null"]
)
def test_a_path_that_is_no_framework_is_refused(here: Path, path: str) -> None:
    assert_refused(certify_score("--framework", path, "--answers", "answers.json", "--json"))


@pytest.mark.parametrize("option", ["--answers", "--adjustments", "--weights"])
@pytest.mark.parametrize(
    "content", [b"", b"[" * 50_000, b"\xff\xfe", b"null", b"[]", b'{"a": 1.5}', b'{"a": 1, "a": 1}']
)
def test_a_file_that_is_not_what_it_should_be_is_refused(here: Path, option: str, content: bytes) -> None:
    (here / "file.json").write_bytes(content)

    assert_refused(scored(option, "file.json", "--json"))


@pytest.mark.parametrize("option", ["--answers", "--adjustments", "--weights"])
@pytest.mark.parametrize("path", ["nothing.json", ".", "/dev/zero", "a" * 5000, "x\udcff.json", ""])
def test_a_file_that_cannot_be_read_is_refused(here: Path, option: str, path: str) -> None:
    assert_refused(scored(option, path, "--json"))


@pytest.mark.parametrize("option", ["--adjustments", "--weights"])
def test_every_file_is_checked_even_where_nothing_is_scored(here: Path, option: str) -> None:
    (here / "answers.json").write_text(json.dumps(CASE | {"exclusions": {"EXC-01": "yes"}}))
    (here / "file.json").write_text("{}")

    assert_refused(scored(option, "file.json", "--json"))


def test_a_framework_with_faults_is_refused_in_one_sentence(here: Path) -> None:
    structure = example_structure()
    structure["themes"][0]["minimum"] = -1
    structure["version"] = "one"
    write_framework(here / "example", files_of(structure))

    sentence = assert_refused(scored("--json"))

    assert "and 1 more fault" in sentence


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--framework", "./example"],
        ["--answers"],
        ["--frob"],
        ["more"],
        [*TWICE, "--answers=answers.json"],
        [*TWICE, "--json"],
    ],
    ids=str,
)
def test_wrong_usage_is_refused_in_one_sentence(here: Path, arguments: list[str]) -> None:
    assert_refused(certify_score(*arguments))
