"""`certify demo` leaves documents that other people's tools accept, and one changed byte is named."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


def certify(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the command as a person does."""
    return subprocess.run(
        [sys.executable, "-m", "certify.cli", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"CERTIFY_MODE": "demonstration", "CERTIFY_INSTANCE": str(folder / "instance")},
    )


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """The demonstration's folder, and what was printed."""
    folder = tmp_path_factory.mktemp("demo")
    lists = folder / "lists"
    (lists / "unknown").mkdir(parents=True)
    result = certify("demo", "--out", str(folder / "out"), "--lists", str(lists), folder=folder)
    assert result.returncode == 0, result.stderr[-2000:]
    return folder / "out", result.stdout


def test_three_companies_come_to_three_ends(told):
    _folder, printed = told

    for outcome in ("certified", "refused", "ineligible"):
        assert outcome in printed
    assert "skipped: unknown" in printed


def test_a_high_total_does_not_buy_back_human_rights(told):
    _folder, printed = told
    [line] = [line for line in printed.splitlines() if line.endswith("refused")]

    assert float(line.split()[-3]) > 80
    assert "not_certified" in line


def test_the_documents_are_there_and_say_specimen(told):
    folder, _printed = told

    names = {path.name.partition("-AP-")[0] for path in folder.iterdir()}
    assert {"certificate.pdf", "credential.json", "agreement.pdf", "agreement-record.pdf", "trust.json"} <= names
    assert {"scorecard", "snapshot"} <= names
    assert "SPECIMEN" in json.dumps(json.loads((folder / "credential.json").read_text()))


@pytest.mark.parametrize("command", [("verify",), ("agreements", "verify")])
def test_what_was_issued_is_untouched_and_one_changed_byte_is_altered(told, command, tmp_path):
    folder, _printed = told
    name = "certificate.pdf" if command == ("verify",) else "agreement.pdf"
    content = bytearray((folder / name).read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / name).write_bytes(content)

    whole = certify(*command, str(folder / name), folder=tmp_path)
    changed = certify(*command, str(tmp_path / name), "--trust", str(folder / "trust.json"), folder=tmp_path)

    assert (whole.returncode, whole.stdout[:9]) == (0, "UNTOUCHED")
    assert changed.returncode != 0
    assert changed.stdout.startswith("ALTERED")


@pytest.mark.parametrize("name", ["certificate.pdf", "agreement.pdf", "agreement-record.pdf"])
def test_pdfsig_and_qpdf_accept_what_was_sealed(told, name):
    folder, _printed = told

    signed = subprocess.run(["pdfsig", str(folder / name)], capture_output=True, text=True, check=False)
    checked = subprocess.run(["qpdf", "--check", str(folder / name)], capture_output=True, text=True, check=False)

    assert "Signature is Valid" in signed.stdout
    assert "Total document signed" in signed.stdout
    assert checked.returncode == 0, checked.stdout


def test_the_demonstration_is_absent_outside_its_mode(tmp_path):
    from certify import create_app
    from certify.config import Mode
    from tests.conftest import settings_for

    app = create_app(settings_for(tmp_path, mode=Mode.PRODUCTION), TESTING=True)

    assert not [rule for rule in app.url_map.iter_rules() if "demonstration" in rule.rule]
    assert app.test_client().get("/demonstration/").status_code == 404
    assert not [action for action in app.extensions["certify.policy"] if action.startswith("demonstration.")]
