"""The seal is accepted by other people's tools, and no tampered file is ever called untouched."""

from __future__ import annotations

import json
import random
import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner

from certify.certificates.cli import verify
from certify.certificates.credential import credential_bytes
from certify.certificates.trust import (
    IssuedFile,
    TrustBroken,
    file_sha256,
    make_trust_bundle,
    read_trust_bundle,
)
from certify.certificates.verifying import Answer, KnownStanding, verify_file
from certify.outside.keys import KeyMissing, KeyRing, Purpose, load_keys, rotate_key
from certify.outside.pdf import Attachment, render
from certify.outside.seal import Doubt, Finding, SealRefused, check_seal, choose_time_stamper, seal
from tests.makers.certified import (
    HOST,
    INDEX,
    NOW,
    bundle_of,
    credential_of,
    keys_in,
    printed,
    record,
    sealed,
    status_lists,
)


@pytest.fixture(scope="module")
def impostor(tmp_path_factory: pytest.TempPathFactory) -> KeyRing:
    """Keys of someone else who takes the organisation's name."""
    return keys_in(tmp_path_factory.mktemp("impostor") / "keys")


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    """Run another program on a file."""
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=60, check=False)


def saved(pdf: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """The document after a change in an editor that keeps no seal."""
    written = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        change(opened)
        opened.save(written)
    return written.getvalue()


def appended(pdf: bytes, title: str) -> bytes:
    """The document with an incremental update behind the seal that changes its title."""
    from pyhanko.pdf_utils.generic import pdf_string
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    writer.prev.trailer["/Info"]["/Title"] = pdf_string(title)
    writer.mark_update(writer.prev.trailer.raw_get("/Info").reference)
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def without_seal(pdf: bytes) -> bytes:
    """The document with its form and its signature taken out."""

    def strip(opened: pikepdf.Pdf) -> None:
        del opened.Root.AcroForm
        for leaf in opened.pages:
            if "/Annots" in leaf.obj:
                del leaf.obj["/Annots"]
        del opened.Root.Perms
        opened.remove_unreferenced_resources()

    return saved(pdf, strip)


def test_pdfsig_finds_the_whole_document_signed(file):
    told = run("pdfsig", file).stdout

    assert "Signature is Valid." in told
    assert "Total document signed" in told
    assert "ETSI.CAdES.detached" in told
    assert "Nov 22 2026" in told


def test_qpdf_finds_no_fault(file):
    checked = run("qpdf", "--check", file)

    assert checked.returncode == 0
    assert "No syntax or stream encoding errors found" in checked.stdout


def test_mutool_finds_it_unchanged_since_signing(file):
    assert "The document is unchanged since signing." in run("mutool", "sign", "-v", file).stdout


def test_openssl_verifies_the_signature_with_the_authority_s_certificate(tmp_path, certificate, ring):
    start, end = (int(number) for number in re.search(rb"/ByteRange \[0 (\d+) (\d+) ", certificate).groups())
    (tmp_path / "content").write_bytes(certificate[:start] + certificate[end:])
    (tmp_path / "signature").write_bytes(bytes.fromhex(certificate[start + 1 : end - 1].decode()))
    (tmp_path / "authority.pem").write_text(ring.current(Purpose.AUTHORITY).certificate_pem)

    told = run(
        "openssl",
        "cms",
        "-verify",
        "-binary",
        "-inform",
        "DER",
        "-in",
        tmp_path / "signature",
        "-content",
        tmp_path / "content",
        "-CAfile",
        tmp_path / "authority.pem",
        "-purpose",
        "any",
        "-out",
        tmp_path / "verified",
    )

    assert told.returncode == 0, told.stderr
    assert (tmp_path / "verified").read_bytes() == (tmp_path / "content").read_bytes()


def test_an_untouched_file_is_called_so(certificate, ring):
    report = check_seal(certificate, certificates=ring.certificates, issued_sha256=file_sha256(certificate))

    assert (report.finding, report.doubts, report.sealed_at) == (Finding.UNTOUCHED, (), NOW)
    assert "SPECIMEN document seal" in report.sealed_by


def test_a_seal_is_put_on_once(certificate, ring):
    with pytest.raises(SealRefused):
        sealed(certificate, ring)


def test_what_is_no_pdf_is_not_sealed(ring):
    with pytest.raises(SealRefused):
        sealed(b"no PDF", ring)


TAMPERED = {
    "a byte flipped": (lambda pdf, other: flipped(pdf, 5_000), Finding.ALTERED),
    "a byte flipped in the signature": (
        lambda pdf, other: flipped(pdf, pdf.index(b"/Contents <") + 200),
        Finding.ALTERED,
    ),
    "a byte flipped behind the signature": (lambda pdf, other: padded(pdf), Finding.ALTERED),
    "the word ByteRange damaged": (lambda pdf, other: pdf.replace(b"/ByteRange", b"/ByteRangf"), Finding.ALTERED),
    "a byte appended": (lambda pdf, other: pdf + b"\n", Finding.ALTERED),
    "a file appended": (lambda pdf, other: pdf + pdf, Finding.ALTERED),
    "cut off": (lambda pdf, other: pdf[:-1_000], Finding.UNREADABLE),
    "title changed behind the seal": (lambda pdf, other: appended(pdf, "Another"), Finding.ALTERED),
    "saved by an editor": (lambda pdf, other: saved(pdf, lambda opened: None), Finding.ALTERED),
    "pages swapped": (lambda pdf, other: saved(pdf, lambda opened: opened.pages.reverse()), Finding.ALTERED),
    "annotation added": (lambda pdf, other: saved(pdf, annotate), Finding.ALTERED),
    "attachment replaced": (lambda pdf, other: saved(pdf, replace_credential), Finding.ALTERED),
    "seal stripped": (lambda pdf, other: without_seal(pdf), Finding.STRIPPED),
    "stripped and sealed by an impostor of the same name": (
        lambda pdf, other: sealed(without_seal(pdf), other),
        Finding.IMPOSTOR,
    ),
    "no PDF": (lambda pdf, other: b"x" * 500, Finding.UNREADABLE),
    "empty": (lambda pdf, other: b"", Finding.UNREADABLE),
    "a bare header": (lambda pdf, other: b"%PDF-1.7\n", Finding.UNREADABLE),
}


def flipped(pdf: bytes, place: int) -> bytes:
    """The file with one bit turned."""
    changed = bytearray(pdf)
    changed[place] ^= 1
    return bytes(changed)


def padded(pdf: bytes) -> bytes:
    """The file with something smuggled into the room that the signature left over."""
    end = pdf.index(b">", pdf.index(b"/Contents <"))
    return pdf[: end - 8] + b"deadbeef" + pdf[end:]


def annotate(opened: pikepdf.Pdf) -> None:
    """Put a note on the first page."""
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], Contents="x")
    opened.pages[0].obj["/Annots"] = pikepdf.Array([opened.make_indirect(note)])


def replace_credential(opened: pikepdf.Pdf) -> None:
    """Put another credential in the place of the attached one."""
    opened.attachments["credential.json"] = b'{"band": "distinction"}'


@pytest.mark.parametrize("name", TAMPERED)
def test_input_40_a_tampered_file_is_named_for_what_it_is(certificate, ring, impostor, name):
    tamper, finding = TAMPERED[name]

    changed = tamper(certificate, impostor)

    assert check_seal(changed, certificates=ring.certificates).finding is finding
    report = verify_file(changed, bundle=bundle_of(ring, issued=(certificate,)), at=NOW)
    assert (report.answer, report.is_good) == (Answer(finding), False)


def test_a_flipped_byte_anywhere_is_found(certificate, ring):
    bundle = bundle_of(ring, issued=(certificate,))

    for place in random.Random(40).sample(range(len(certificate)), 150):
        assert not verify_file(flipped(certificate, place), bundle=bundle, at=NOW).is_good, place


def test_a_flipped_byte_is_found_by_the_seal_alone(certificate, ring):
    signature = certificate.index(b"/Contents <")
    places = random.Random(41).sample(range(signature), 80)

    for place in places:
        assert not check_seal(flipped(certificate, place), certificates=ring.certificates).is_untouched, place


def test_two_seals_are_one_too_many(plain, ring, impostor):
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner

    from certify.outside.seal.signers import signer_of

    twice = plain
    for field, keys in (("First", ring), ("Second", impostor)):
        signer = PdfSigner(PdfSignatureMetadata(field_name=field), signer_of(keys.current(Purpose.SEAL)))
        twice = signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(twice))).getvalue()

    report = check_seal(twice, certificates=ring.certificates)

    assert (report.finding, report.doubts) == (Finding.ALTERED, (Doubt.FURTHER_SEAL,))


def test_a_seal_that_allows_changes_or_bears_no_stamp_is_not_ours_to_trust(plain, ring):
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner

    from certify.outside.seal.signers import signer_of

    signer = PdfSigner(PdfSignatureMetadata(field_name="Seal"), signer_of(ring.current(Purpose.SEAL)))
    weak = signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(plain))).getvalue()

    report = check_seal(weak, certificates=ring.certificates)

    assert report.finding is Finding.ALTERED
    assert set(report.doubts) >= {Doubt.CHANGES_ALLOWED, Doubt.NO_TIME_STAMP}


def test_a_credential_in_the_place_of_another_under_a_good_seal_is_an_alteration(ring):
    """Whoever got at the sealing key alone cannot make a certificate: the credential has a key of its own."""
    forged = {**credential_of(record(), ring), "name": "Something else"}
    pdf = render(
        "<h1>x</h1>",
        stylesheets=["family.css"],
        language="en",
        title="x",
        identifier="x",
        created_at=NOW,
        attachments=[Attachment("credential.json", credential_bytes(forged), "x")],
    )

    report = verify_file(sealed(pdf, ring), bundle=bundle_of(ring), at=NOW)

    assert report.answer is Answer.ALTERED


def test_a_whole_file_that_was_never_issued_is_not_called_untouched(ring, certificate):
    other = sealed(printed(record(number="OASC-2026-0999"), ring), ring)
    again = sealed(printed(record(), ring), ring)
    bundle = bundle_of(ring, issued=(certificate,))

    assert verify_file(other, bundle=bundle, at=NOW).answer is Answer.UNKNOWN
    assert verify_file(again, bundle=bundle, at=NOW).answer is Answer.ALTERED


def test_a_seal_by_the_time_stamp_key_is_an_impostor_s(plain, ring):
    stamp = ring.current(Purpose.TIME_STAMP)
    posing = replace(
        ring,
        keys=tuple(
            replace(stamp, id=key.id, purpose=Purpose.SEAL) if key.purpose is Purpose.SEAL else key for key in ring.keys
        ),
    )

    assert check_seal(sealed(plain, posing), certificates=ring.certificates).finding is Finding.IMPOSTOR


@pytest.mark.parametrize("ahead", [timedelta(days=400), timedelta(days=20 * 365)])
def test_a_clock_that_was_moved_forward_still_seals(plain, ring, ahead):
    report = check_seal(sealed(plain, ring, at=NOW + ahead), certificates=ring.certificates)

    assert (report.finding, report.sealed_at) == (Finding.UNTOUCHED, NOW + ahead)


def test_after_rotation_old_and_new_seals_hold(tmp_path):
    before = keys_in(tmp_path / "keys")
    pdf = printed(record(), before)
    old = sealed(pdf, before)

    after = rotate_key(tmp_path / "keys", Purpose.SEAL, now=NOW + timedelta(days=10))

    new = sealed(pdf, after, at=NOW + timedelta(days=11))
    assert check_seal(old, certificates=after.certificates).is_untouched
    assert check_seal(new, certificates=after.certificates).is_untouched
    assert check_seal(new, certificates=before.certificates).finding is Finding.IMPOSTOR


def test_without_a_time_stamp_authority_nothing_is_sealed_outside_a_demonstration(ring):
    with pytest.raises(KeyMissing):
        choose_time_stamper(replace(ring, is_demonstration=False), url=None, now=lambda: NOW)


def test_an_authority_that_does_not_answer_refuses_the_seal(plain, ring):
    stamper = choose_time_stamper(ring, url="http://127.0.0.1:9/tsa", now=lambda: NOW)

    with pytest.raises(SealRefused):
        seal(plain, keys=ring, stamper=stamper, at=NOW, reason="Certificate", location="Example City")


def test_fault_13_a_missing_key_stops_sealing_and_not_checking(tmp_path, certificate, ring, plain):
    keys = keys_in(tmp_path / "keys")
    document = sealed(plain, keys)
    (tmp_path / "keys" / f"{keys.current(Purpose.SEAL).id}.pem").unlink()
    left = load_keys(tmp_path / "keys")

    assert check_seal(document, certificates=left.certificates).is_untouched
    with pytest.raises(KeyMissing):
        sealed(plain, left)


@pytest.mark.parametrize(
    ("listed", "days", "standing", "good"),
    [
        ({}, 0, KnownStanding.NOT_WITHDRAWN, True),
        ({"withdrawn": (INDEX,)}, 0, KnownStanding.WITHDRAWN, False),
        ({"suspended": (INDEX,)}, 0, KnownStanding.SUSPENDED, False),
        ({}, 800, KnownStanding.EXPIRED, False),
        ({"withdrawn": (INDEX,), "suspended": (INDEX,)}, 800, KnownStanding.WITHDRAWN, False),
    ],
    ids=["in force", "withdrawn", "suspended", "expired", "all at once"],
)
def test_the_bundle_tells_the_standing(certificate, ring, listed, days, standing, good):
    bundle = bundle_of(ring, issued=(certificate,), **listed)

    report = verify_file(certificate, bundle=bundle, at=NOW + timedelta(days=days))

    assert (report.answer, report.standing, report.is_good) == (Answer.UNTOUCHED, standing, good)


def test_a_document_without_credential_is_checked_by_its_seal(ring):
    pdf = sealed(
        render(
            "<h1>Agreement</h1>", stylesheets=["family.css"], language="en", title="x", identifier="x", created_at=NOW
        ),
        ring,
    )

    report = verify_file(pdf, bundle=bundle_of(ring, issued=(pdf,)), at=NOW)

    assert (report.answer, report.standing, report.is_good) == (Answer.UNTOUCHED, KnownStanding.NO_CERTIFICATE, True)


@pytest.mark.parametrize(
    "content", [b"{", b"{}", b'{"proof": {}}', b"{" * 100_000, b'{"a": 1e999, "proof": {"x": NaN}}']
)
def test_input_39_broken_json_is_unreadable_or_foreign(ring, content):
    report = verify_file(content, bundle=bundle_of(ring), at=NOW)

    assert report.answer in {Answer.UNREADABLE, Answer.IMPOSTOR}


def trust(ring: KeyRing, folder: Path, **listed: tuple[int, ...]) -> None:
    """A bundle and a certificate side by side, as the demonstration leaves them."""
    pdf = sealed(printed(record(), ring), ring)
    files = [IssuedFile(file_sha256(pdf), "certificate", record().number, "en")]
    lists = list(status_lists(ring, **listed).values())
    (folder / "certificate.pdf").write_bytes(pdf)
    (folder / "credential.json").write_bytes(credential_bytes(credential_of(record(), ring)))
    (folder / "trust.json").write_bytes(make_trust_bundle(ring, host=HOST, at=NOW, issued=files, status_lists=lists))


@pytest.mark.parametrize("name", ["certificate.pdf", "credential.json"])
def test_the_command_accepts_what_was_issued_with_the_bundle_beside_it(tmp_path, ring, name):
    trust(ring, tmp_path)

    told = CliRunner().invoke(verify, [str(tmp_path / name)])

    assert told.exit_code == 0, told.output
    assert told.output.startswith("UNTOUCHED")
    assert "Not established:" in told.output
    assert "SPECIMEN" in told.output


def test_the_command_says_altered_when_one_byte_changed(tmp_path, ring):
    trust(ring, tmp_path)
    (tmp_path / "certificate.pdf").write_bytes(flipped((tmp_path / "certificate.pdf").read_bytes(), 9_000))

    told = CliRunner().invoke(verify, [str(tmp_path / "certificate.pdf")])

    assert told.exit_code == 1
    assert told.output.startswith("ALTERED")


def test_the_command_tells_a_script_what_it_tells_a_person(tmp_path, ring):
    trust(ring, tmp_path, withdrawn=(INDEX,))

    told = CliRunner().invoke(verify, [str(tmp_path / "certificate.pdf"), "--json"])

    report = json.loads(told.output)
    assert told.exit_code == 3
    assert (report["answer"], report["standing"], report["good"]) == ("untouched", "withdrawn", False)
    assert report["checks"]["withdrawal"] == "failed"


def test_the_command_needs_a_bundle(tmp_path, certificate):
    (tmp_path / "certificate.pdf").write_bytes(certificate)

    told = CliRunner().invoke(verify, [str(tmp_path / "certificate.pdf")])

    assert told.exit_code == 2
    assert "trust bundle" in told.output


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content.replace(b'"specimen": true', b'"specimen": false'),
        lambda content: content.replace(
            b'"issued": [', b'"issued": [ {"sha256":"","kind":"","number":"","language":""}, '
        ),
        lambda content: content[:-10],
        lambda content: b"[]",
        lambda content: b"{}",
        lambda content: b'{"format": "certify.trust/1", "keys": 1}',
    ],
)
def test_a_changed_bundle_is_refused(ring, certificate, change):
    files = [IssuedFile(file_sha256(certificate), "certificate", "1")]
    content = make_trust_bundle(ring, host=HOST, at=NOW, issued=files)

    assert read_trust_bundle(content).issued == tuple(files)
    with pytest.raises(TrustBroken):
        read_trust_bundle(change(content))
