"""`certify criteria lint | digest | diff` at the terminal, and what is shipped."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from certify.criteria import library
from certify.criteria.cli import criteria_group
from certify.criteria.rules import LANGUAGES, Refused
from tests.makers.frameworks import EXAMPLE, example_folder, example_structure, files_of, write_framework


def run(*arguments: str) -> Result:
    return CliRunner().invoke(criteria_group, list(arguments))


def test_a_sound_framework_has_no_faults(tmp_path: Path) -> None:
    result = run("lint", str(example_folder(tmp_path)))

    assert (result.exit_code, result.stdout, result.stderr) == (0, "example@1.0.0: no faults.\n", "")


def test_every_fault_is_one_sentence_on_standard_error(tmp_path: Path) -> None:
    structure = example_structure()
    structure["themes"][0]["criteria"][0]["weight"] = 4
    structure["themes"][1]["criteria"][0]["references"] = ["SDG 13.9"]
    files = files_of(structure)
    french = yaml.safe_load(files["text/fr.yml"])
    del french["HRT.title"]
    files["text/fr.yml"] = yaml.safe_dump(french).encode()

    result = run("lint", str(write_framework(tmp_path, files)))

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines() == [
        "framework.yml: HRT-01: weight must be a whole number from 1 to 3, not 4.",
        'framework.yml: ENV-01: references[0] "SDG 13.9" is not one of the 169 SDG targets.',
        "text/fr.yml: HRT.title: is missing.",
    ]


def test_warnings_refuse_nothing(tmp_path: Path) -> None:
    def perfect(structure: dict[str, list[dict[str, int]]]) -> None:
        structure["themes"][0]["minimum"] = structure["themes"][1]["minimum"] = 10_000

    result = run("lint", str(example_folder(tmp_path, perfect)))

    assert result.exit_code == 0
    assert result.stderr.splitlines() == [
        "Warning: framework.yml: conditional: is a band that no combination of answers reaches.",
        "Warning: framework.yml: certified: is a band that no combination of answers reaches.",
    ]


def test_everything_shipped_is_sound() -> None:
    result = run("lint", "--all")

    assert (result.exit_code, result.stderr) == (0, "")
    assert len(result.stdout.splitlines()) == len(library.shipped()) >= 2


@pytest.mark.parametrize(
    "arguments", [[], ["--all", "folder"], ["a", "b"], ["--none"], ["/dev/null"], ["nowhere"]], ids=str
)
def test_wrong_usage_is_refused_in_one_sentence(arguments: list[str]) -> None:
    result = run("lint", *arguments)

    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)


def test_digests_are_printed_as_they_are_recorded(tmp_path: Path) -> None:
    result = run("digest", f"{example_folder(tmp_path)}/")

    assert result.stdout.splitlines() == [
        "example@1.0.0 structure f4e0b20b2c0a532670db4cb8af00bf442e6ab2a86958e3b739d6ed0dd3b30ad8",
        "example@1.0.0 texts a3253b6c9b70fefb56dbcf3d7223779b5372496a6d985b8d212ebc81a49d29cd",
    ]


def test_the_digest_is_of_the_value_and_not_of_its_writing(tmp_path: Path) -> None:
    folder = example_folder(tmp_path)
    (folder / "framework.yml").write_text("# As the reference writes it\n" + EXAMPLE)

    result = run("digest", f"{folder}/")

    assert "f4e0b20b2c0a532670db4cb8af00bf442e6ab2a86958e3b739d6ed0dd3b30ad8" in result.stdout


def test_a_difference_is_said_in_words(tmp_path: Path) -> None:
    new = example_structure()
    new["version"] = "1.1.0"
    new["themes"][0]["default_weight"] = 5
    scale, yes_no = new["themes"][0]["criteria"]
    scale["required_level"] = 2
    scale["weight"] = 3
    new["themes"][0]["criteria"] = [scale, yes_no | {"id": "HRT-03"}]
    new["themes"][1]["criteria"][1]["rubric"]["levels"] = [0, 2, 3, 4]
    del new["themes"][1]["criteria"][1]["required_level"]
    new["bands"][4]["min_evidence_grade_share"]["share"] = 5000
    new["exclusions"] = []
    files = files_of(new)
    files["text/es.yml"] = files["text/es.yml"].replace(b"es ENV-01.question", "¿Cuánto?".encode())
    old_folder, new_folder = example_folder(tmp_path / "old"), write_framework(tmp_path / "new", files)

    result = run("diff", str(old_folder), str(new_folder))

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "EXC-01 is removed.",
        "HRT-02 is removed.",
        "framework: version changes from “1.0.0” to “1.1.0”.",
        "HRT: default_weight changes from 3 to 5.",
        "HRT-01: weight changes from 2 to 3.",
        "HRT-01: required_level changes from 3 to 2.",
        "HRT-03 is added.",
        "ENV-02: rubric.levels changes from 0, 2, 4 to 0, 2, 3, 4.",
        "ENV-02: required_level 2 is removed.",
        "distinction: min_evidence_grade_share.share changes from 6000 to 5000.",
        "ENV-02: level.3 (en) “en ENV-02.level.3” is added.",
        "ENV-01: question (es) changes from “es ENV-01.question” to “¿Cuánto?”.",
        "ENV-02: level.3 (es) “es ENV-02.level.3” is added.",
        "ENV-02: level.3 (fr) “fr ENV-02.level.3” is added.",
        "ENV-02: level.3 (pt) “pt ENV-02.level.3” is added.",
    ]


def test_a_change_of_order_is_a_difference(tmp_path: Path) -> None:
    def turned(structure: dict[str, list[object]]) -> None:
        structure["themes"].reverse()

    result = run("diff", str(example_folder(tmp_path / "old")), str(example_folder(tmp_path / "new", turned)))

    assert result.stdout.startswith("framework: the order changes from framework, EXC-01, HRT, ")
    assert result.stdout.count("\n") == 1


def test_equal_frameworks_have_no_difference(tmp_path: Path) -> None:
    folder = str(example_folder(tmp_path))

    assert run("diff", folder, folder).stdout == "Nothing changes.\n"


def test_a_published_structure_cannot_change_unnoticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    example_folder(tmp_path / "example" / "1.0.0")
    records = tmp_path / "digests.txt"
    monkeypatch.setattr(library, "SHIPPED", tmp_path)
    monkeypatch.setattr(library, "RECORDS", records)

    records.write_text(f"example@1.0.0 structure {'0' * 64}\n")
    with pytest.raises(Refused, match="has changed since it was published"):
        library.read_shipped("example@1.0.0").sound()

    records.write_text(f"example@1.0.0 texts {'0' * 64}\n")
    with pytest.raises(Refused, match="differ from their newest recorded revision"):
        library.read_shipped("example@1.0.0").sound()


def test_the_newest_revision_of_the_texts_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    example_folder(tmp_path / "example" / "1.0.0")
    records = tmp_path / "digests.txt"
    monkeypatch.setattr(library, "SHIPPED", tmp_path)
    monkeypatch.setattr(library, "RECORDS", records)
    newest = "a3253b6c9b70fefb56dbcf3d7223779b5372496a6d985b8d212ebc81a49d29cd"
    records.write_text(f"example@1.0.0 texts {'0' * 64}\nexample@1.0.0 texts {newest}\n")

    assert library.read_shipped("example@1.0.0").sound().texts_digest == newest


def test_a_folder_that_bears_another_version_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    example_folder(tmp_path / "example" / "1.0.1")
    monkeypatch.setattr(library, "SHIPPED", tmp_path)

    result = run("lint", "--all")

    assert result.exit_code == 2
    assert "holds the framework example@1.0.0" in result.stderr


@pytest.mark.parametrize("name", library.shipped())
def test_every_shipped_structure_is_recorded(name: str) -> None:
    structure, _ = library.recorded_digests(name)

    assert structure == library.load_framework(name).structure_digest


@pytest.mark.parametrize("name", library.shipped())
def test_no_shipped_text_was_left_in_english(name: str) -> None:
    framework = library.load_framework(name)

    for language in LANGUAGES[1:]:
        long_texts = {key for key, text in framework.texts["en"].items() if len(text) > 30}
        assert not [key for key in long_texts if framework.texts[language][key] == framework.texts["en"][key]]


def test_versions_come_in_their_order_of_precedence() -> None:
    versions = ["1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0", "1.0.1", "1.2.0", "1.10.0"]

    mixed = [versions[place] for place in (5, 0, 7, 2, 4, 1, 6, 3)]

    assert sorted(mixed, key=library.precedence) == versions


def test_the_commands_load_no_web_framework_and_no_database() -> None:
    program = (
        "import sys, certify.assessment.cli, certify.criteria.cli;"
        "print(sorted({name.partition('.')[0] for name in sys.modules}"
        " & {'flask', 'sqlalchemy', 'pydantic', 'wtforms', 'weasyprint', 'requests'}))"
    )
    root = Path(__file__).parents[2]

    result = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True)

    assert result.stdout == "[]\n"
