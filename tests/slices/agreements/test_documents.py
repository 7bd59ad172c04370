"""The documents: reproducible, archival, accessible, text that is only ever text, and seals that anyone can check."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import page as conformance
import pikepdf
import pypdf
import pytest
from click.testing import CliRunner

from certify.agreements import queries
from certify.agreements.cli import agreements as command
from certify.agreements.document import print_agreement, symbol_of
from certify.agreements.rules import SealedKind, chain_faults
from certify.certificates.queries import keys
from certify.certificates.service.publishing import trust_bundle
from certify.kernel import files
from certify.kernel.errors import Invalid
from certify.outside.seal import check_seal
from tests.makers.agreements import in_languages, make_draft, make_proposed
from tests.slices.agreements.conftest import known_sides

HOSTILE = {
    "title": "Clean {{7*7}} <script>alert(1)</script> {company}",
    "purpose": "First line {% for x in y %}\nSecond ${7*7} <img src='http://127.0.0.1/x.png'> @import url(x)",
    "added_value": "Right \u202eto left\u202c, zero\u200bwidth, Cyrillic Заря, \U0001f33f",
    "particular": "{starts_on} & <b>bold</b>",
}


def text_of(pdf):
    """The words of a document, single-spaced."""
    return " ".join(" ".join(leaf.extract_text() for leaf in pypdf.PdfReader(BytesIO(pdf)).pages).split())


def document_of(agreement):
    """The bytes of the canonical PDF before the parties."""
    return files.read(agreement.proposal.version.file)


def sealed(agreement, kind):
    """The bytes of a sealed document."""
    return files.read(queries.find_sealed_file(agreement, kind).file)


def conformance_faults(pdf):
    """What a checker finds against PDF/A-3a and PDF/UA-1."""
    return [
        f"{profile} {failure.rule_id}: {failure.message}"
        for profile in ("pdfa3a", "ua1")
        for failure in conformance.validate_pdf_bytes(pdf, profile=profile).failures
    ]


# -- the canonical document -------------------------------------------------------------------------------------------


def test_the_same_content_prints_to_the_same_bytes(sides):
    agreement = make_proposed(sides)
    version = agreement.proposal.version

    again = print_agreement(version.content)

    assert hashlib.sha256(again).hexdigest() == version.sha256
    assert again == document_of(agreement)


def test_one_document_holds_the_whole_text_in_every_authentic_language(sides):
    agreement = make_proposed(sides, frame=in_languages("en", "es", "fr", "pt"))
    pdf = document_of(agreement)
    text = text_of(pdf)

    for words in ("Partnership agreement", "Acuerdo de asociación", "Accord de partenariat", "Acordo de parceria"):
        assert words in text
    for words in ("all texts being equally authentic", "igualmente auténticos", "faisant également foi"):
        assert words in text
    for words in ("Page 1 of", "Página", "sur"):
        assert words in text
    assert symbol_of(agreement.proposal.version.content).endswith("/V1 (E/S/F/P)")
    assert conformance_faults(pdf) == []


def test_paragraphs_are_numbered_through_each_language(sides):
    agreement = make_proposed(sides, frame=in_languages("en", "es"))

    text = text_of(document_of(agreement))

    assert text.count("Article 1. Purpose") == 1
    assert text.count("Artículo 20. Idiomas y firma") == 1


def test_input_17_and_19_hostile_text_prints_as_text_and_fetches_nothing(sides, visit):
    agreement = make_proposed(sides, **HOSTILE)
    pdf = document_of(agreement)
    text = text_of(pdf)

    for piece in ("{{7*7}}", "<script>alert(1)</script>", "{company}", "{% for x in y %}", "${7*7}", "{starts_on} &"):
        assert piece in text, piece
    assert "49" not in re.findall(r"Clean (\S+)", text)
    assert "<img src='http://127.0.0.1/x.png'>" in text
    assert "\u202e" not in text
    assert conformance_faults(pdf) == []
    room = visit(sides.representative).get(f"/agreements/{agreement.id}")
    assert "<script>alert(1)" not in room.text
    assert "{{7*7}}" in room.text


def test_input_38_a_long_text_is_refused_or_printed_whole(sides):
    agreement = make_proposed(sides, purpose="Palabras largas. " * 290)

    text = text_of(document_of(agreement))

    assert text.count("Palabras") == text.count("largas.") == 290
    with pytest.raises(Invalid):
        make_draft(sides, purpose="x" * 200_000)


def test_the_content_is_attached_and_digests_to_what_is_printed(sides):
    agreement = make_proposed(sides)
    pdf = document_of(agreement)

    with pikepdf.open(BytesIO(pdf)) as opened:
        content = json.loads(opened.attachments["agreement.json"].get_file().read_bytes())

    assert content == agreement.proposal.version.content
    assert content["terms_sha256"] in text_of(pdf).replace(" ", "")


def test_everything_says_specimen_in_a_demonstration(sides):
    agreement = make_proposed(sides)

    text = text_of(document_of(agreement))

    assert agreement.proposal.version.content["specimen"] == "yes"
    assert text.count("SPECIMEN") >= len(pypdf.PdfReader(BytesIO(document_of(agreement))).pages)


# -- the sealed documents ---------------------------------------------------------------------------------------------


def test_both_documents_bear_the_one_seal_and_keep_their_conformance(concluded, tmp_path):
    for kind in SealedKind:
        pdf = sealed(concluded, kind)
        report = check_seal(pdf, certificates=keys().certificates)
        assert report.is_untouched, report
        assert conformance_faults(pdf) == []
        file = tmp_path / f"{kind.value}.pdf"
        file.write_bytes(pdf)
        signatures = subprocess.run(["pdfsig", "-nocert", file], capture_output=True, text=True, check=False).stdout
        assert signatures.count("Signature #") == 1
        assert "Signature is Valid" in signatures
        assert "Total document signed" in signatures
        assert subprocess.run(["qpdf", "--check", file], capture_output=True, check=False).returncode == 0


def test_the_seal_adds_nothing_but_itself_to_the_file_that_all_signed(concluded):
    signed, final = document_of(concluded), sealed(concluded, SealedKind.AGREEMENT)

    assert final.startswith(signed)
    pages = [len(pypdf.PdfReader(BytesIO(pdf)).pages) for pdf in (signed, final)]
    assert pages[0] == pages[1]


def test_the_record_names_the_agreement_before_and_after_its_seal(concluded):
    record = sealed(concluded, SealedKind.RECORD)
    with pikepdf.open(BytesIO(record)) as opened:
        content = json.loads(opened.attachments["signing-record.json"].get_file().read_bytes())
    text = text_of(record).replace(" ", "")

    assert content["document_before"] == hashlib.sha256(document_of(concluded)).hexdigest()
    assert content["document_after"] == hashlib.sha256(sealed(concluded, SealedKind.AGREEMENT)).hexdigest()
    assert chain_faults(content["signatures"], document=content["document_before"]) == []
    assert content["document_after"] in text
    assert "simpleelectronicsignatureswithasealedrecord" in text
    assert "assinaturaseletrônicassimples" in text


def test_the_record_says_who_signed_for_whom_when_and_how(concluded):
    sides = known_sides()
    text = text_of(sealed(concluded, SealedKind.RECORD))

    for person in (sides.representative, sides.officer, *sides.focal_points.values()):
        assert person.name in text
    assert text.count("2026-03-02T09:30:00Z") >= 4
    assert "Password, typed again at signing" in text
    assert "Focal point of the national cooperation authority" in text
    assert "MB/RES." in text


# -- certify agreements verify ----------------------------------------------------------------------------------------


@pytest.fixture
def folder(concluded, tmp_path):
    """Both documents with the trust bundle beside them."""
    (tmp_path / "agreement.pdf").write_bytes(sealed(concluded, SealedKind.AGREEMENT))
    (tmp_path / "record.pdf").write_bytes(sealed(concluded, SealedKind.RECORD))
    (tmp_path / "trust.json").write_bytes(trust_bundle(queries.issued_files()))
    return tmp_path


def run(*arguments):
    """Run the command; its exit code and what it says."""
    result = CliRunner().invoke(command, ["verify", *map(str, arguments)])
    return result.exit_code, result.output


def test_verify_accepts_both_documents_beside_their_bundle(folder, concluded):
    code, said = run(folder / "agreement.pdf")
    record_code, record_said = run(folder / "record.pdf", "--json")

    assert code == 0, said
    assert said.startswith("UNTOUCHED")
    assert concluded.reference in said
    assert record_code == 0, record_said
    report = json.loads(record_said)
    assert report["kind"] == "signing_record"
    assert report["checks"] == {
        "seal": "passed",
        "issued_file": "passed",
        "chain": "passed",
        "named_file": "passed",
    }
    assert [entry["party"] for entry in report["signatures"]] == ["company", "CO", "CL", "secretariat"]


def test_verify_says_whether_a_record_belongs_to_an_agreement(folder):
    code, said = run(folder / "agreement.pdf", "--record", folder / "record.pdf", "--json")
    other_code, other_said = run(folder / "agreement.pdf", "--record", folder / "agreement.pdf", "--json")

    assert code == 0, said
    assert json.loads(said)["checks"]["named_file"] == "passed"
    assert other_code == 1
    assert json.loads(other_said)["checks"]["named_file"] == "failed"


@pytest.mark.parametrize("name", ["agreement.pdf", "record.pdf"])
@pytest.mark.parametrize("place", [0.1, 0.5, 0.9])
def test_one_changed_byte_makes_verify_say_altered(folder, name, place):
    content = bytearray((folder / name).read_bytes())
    content[int(len(content) * place)] ^= 1
    (folder / name).write_bytes(content)

    code, said = run(folder / name)

    assert code == 1
    assert said.startswith("ALTERED")
    assert "Doubts:" in said


def test_appended_bytes_are_named(folder):
    file = folder / "agreement.pdf"
    file.write_bytes(file.read_bytes() + b"\n% more\n")

    code, said = run(file, "--json")

    assert code == 1
    assert "bytes_appended" in json.loads(said)["doubts"]


def test_the_unsigned_document_carries_no_seal(folder, concluded):
    (folder / "unsigned.pdf").write_bytes(document_of(concluded))

    code, said = run(folder / "unsigned.pdf")

    assert code == 1
    assert said.startswith("STRIPPED")


def test_a_sealed_file_that_the_bundle_does_not_list_is_unknown(folder, concluded):
    (folder / "trust.json").write_bytes(trust_bundle())

    code, said = run(folder / "agreement.pdf")

    assert code == 4
    assert said.startswith("UNKNOWN")


def test_a_certificate_is_no_agreement(folder):
    document = known_sides().certificate.documents[0]
    (folder / "certificate.pdf").write_bytes(files.storage().get(document.sha256))

    code, said = run(folder / "certificate.pdf")

    assert code == 4
    assert "Neither agreement nor signing record" in said


def test_verify_without_a_bundle_says_what_to_do(folder, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    shutil.copy(folder / "agreement.pdf", elsewhere)

    code, said = run(elsewhere / "agreement.pdf")

    assert code == 2
    assert "Name one with --trust" in said
    assert run(elsewhere / "agreement.pdf", "--trust", folder / "trust.json")[0] == 0


def test_what_is_no_pdf_is_unreadable(folder):
    Path(folder / "note.txt").write_bytes(b"hello")

    code, said = run(folder / "note.txt")

    assert code == 1
    assert said.startswith("UNREADABLE")


def test_the_command_starts_without_the_web():
    script = (
        "import sys, certify.agreements.cli; "
        "print([name for name in ('flask', 'sqlalchemy', 'weasyprint', 'pyhanko') if name in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert result.stdout.strip() == "[]"


def test_lint_finds_no_fault_in_what_is_shipped():
    result = CliRunner().invoke(command, ["lint"])

    assert result.exit_code == 0
    assert "1.0.0: 0 faults." in result.output
