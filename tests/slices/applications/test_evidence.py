"""Evidence: what is taken, under which name, who reads it, and that every reading is on record."""

from __future__ import annotations

import errno
import io
import os
import struct
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import sqlalchemy as sa

from certify.accounts.queries import get_actor
from certify.applications import queries, service
from certify.applications.models import Application, Evidence
from certify.kernel import files
from certify.kernel.audit import AuditEntry, Outcome
from certify.kernel.db import db
from certify.kernel.errors import Invalid, RuleBroken
from certify.kernel.inspection import CSV, inspect
from tests.makers.applications import (
    editor_of,
    make_answered_application,
    make_application,
    make_evidence,
    make_submitted_application,
)
from tests.makers.organisations import make_organisation
from tests.pages import fields, parsed, words
from tests.slices.applications.conftest import Company

POLICY = b"Our policy, approved at the top on 5 January 2026.\n"


def pdf(pages: int = 1, **save: Any) -> bytes:
    """A PDF of blank pages."""
    target = io.BytesIO()
    with pikepdf.new() as document:
        for _page in range(pages):
            document.add_blank_page()
        document.save(target, **save)
    return target.getvalue()


def endless() -> bytes:
    """A PDF of 10 000 pages in 60 kB: one page, named ten thousand times."""
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 10000 /Kids [" + b"3 0 R " * 10_000 + b"] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n" % number + part + b"\nendobj\n"
    table = b"xref\n0 4\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + table + b"trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(body)


def scripted() -> bytes:
    """A PDF that would run a script when it is opened."""
    target = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        document.save(target)
    return target.getvalue()


def packed(**parts: bytes) -> bytes:
    """A DOCX with these parts beside the needed ones."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", "<document/>")
        for name, content in parts.items():
            package.writestr(name, content)
    return target.getvalue()


def flood() -> bytes:
    """A PNG header of 30 000 x 30 000 points."""
    import zlib

    def part(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", b"x") + part(b"IEND", b"")


def attach(client: Any, application: Application, content: bytes, name: str = "policy.pdf", **more: Any) -> Any:
    """Send a file with the page's form, as a browser does."""
    address = f"/applications/{application.id}/questions/HRT-01"
    known = fields(client.get(address), form=1) | {"document_date": "2026-01-05", "go": "attach"} | more
    known["file"] = (io.BytesIO(content), name)
    return client.post(address, data=known, content_type="multipart/form-data", follow_redirects=True)


# -- what is taken ----------------------------------------------------------------------------------------------------


def test_a_file_is_kept_under_its_digest_with_its_own_date(company: Company, change: Any, visit: Any) -> None:
    with change():
        application = make_application(company.organisation)

    page = attach(
        visit(company.editor),
        application,
        POLICY,
        "policy.txt",
        expires_on="2027-01-05",
        attested_by="Registry of Lima",
    )

    (evidence,) = queries.evidence_of(application, "HRT-01")
    assert page.status_code == 200 and "policy.txt" in words(page)
    assert evidence.document_date == date(2026, 1, 5)
    assert evidence.uploaded_at.date() == date(2026, 3, 2)
    assert evidence.expires_on == date(2027, 1, 5)
    assert evidence.attested_by == "Registry of Lima"
    assert files.read(evidence.file) == POLICY
    assert (Path(files.storage().folder) / evidence.sha256[:2] / evidence.sha256[2:4] / evidence.sha256).exists()


def test_the_answer_is_saved_with_the_file(company: Company, change: Any, visit: Any) -> None:
    with change():
        application = make_application(company.organisation)

    attach(visit(company.editor), application, POLICY, level="2", note="page 3")

    stored = queries.find_answer(application, "HRT-01")
    assert stored is not None and (stored.level, stored.note) == (2, "page 3")


def test_a_file_sent_twice_is_kept_once(company: Company, change: Any, visit: Any) -> None:
    with change():
        application = make_application(company.organisation)

    for _time in range(2):
        attach(visit(company.editor), application, POLICY)

    assert len(db.session.scalars(sa.select(Evidence)).all()) == 1
    assert len(db.session.scalars(sa.select(files.StoredFile)).all()) == 1


def test_a_file_needs_the_date_that_it_bears(company: Company, change: Any, visit: Any) -> None:
    with change():
        application = make_application(company.organisation)

    page = attach(visit(company.editor), application, POLICY, document_date="")

    assert page.status_code == 422
    assert "Please give the date that the document bears." in words(page)
    assert queries.evidence_of(application) == []


@pytest.mark.parametrize(
    ("dates", "field"),
    [
        ({"document_date": "2026-03-03"}, "document_date"),
        ({"document_date": "2026-01-05", "expires_on": "2026-01-04"}, "expires_on"),
        ({"document_date": "next week"}, "document_date"),
    ],
    ids=["from the future", "expired before it was made", "no date"],
)
def test_dates_that_cannot_be_are_refused_at_their_field(
    company: Company, change: Any, visit: Any, dates: dict[str, str], field: str
) -> None:
    with change():
        application = make_application(company.organisation)

    page = attach(visit(company.editor), application, POLICY, **dates)

    assert page.status_code == 422
    assert parsed(page).find(f".//input[@name='{field}']").get("aria-invalid") == "true"


def test_no_file_chosen_is_said(company: Company, change: Any, visit: Any) -> None:
    with change():
        application = make_application(company.organisation)
    client, address = visit(company.editor), f"/applications/{application.id}/questions/HRT-01"

    page = client.post(address, data=fields(client.get(address), form=1) | {"go": "attach"})

    assert page.status_code == 422
    assert "Please choose a file first." in words(page)


def test_a_file_beside_a_wrong_answer_is_asked_for_again(company: Company, change: Any, visit: Any) -> None:
    with change():
        application = make_application(company.organisation)

    page = attach(visit(company.editor), application, POLICY, level="9")

    assert page.status_code == 422
    assert "Please choose it again" in words(page)
    assert queries.evidence_of(application) == []


# -- hostile files ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("..\\..\\boot.txt", "boot.txt"),
        ("a\u202etxt.exe", "atxt.exe.txt"),
        ("x" * 300 + ".txt", "x" * 115),
        ("<script>alert(1)</script>.txt", "script>.txt"),
        ("\u200b.txt", ".txt"),
    ],
    ids=["slashes", "backslashes", "direction", "300 characters", "markup", "invisible"],
)
def test_input_32_a_hostile_name_is_cleaned_and_the_file_stored_by_its_digest(
    company: Company, change: Any, visit: Any, sent: str, shown: str
) -> None:
    with change():
        application = make_application(company.organisation)

    page = attach(visit(company.editor), application, POLICY, sent)

    (evidence,) = queries.evidence_of(application)
    assert page.status_code == 200
    assert shown in evidence.file.name and len(evidence.file.name) <= 120
    assert not set("/\\\x00\u202e\u200b") & set(evidence.file.name)
    assert "<script>alert" not in page.text


def test_input_32_a_nul_in_a_name_is_refused_or_cleaned(company: Company, change: Any) -> None:
    with change():
        application = make_application(company.organisation)
        evidence = service.add_evidence(
            application,
            criterion="HRT-01",
            upload=inspect(POLICY, name="a\x00b.txt"),
            document_date=date(2026, 1, 5),
            actor=editor_of(company.organisation),
        )

    assert evidence.file.name == "ab.txt"


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (packed(**{"word/media/a.png": b"\x00" * (220 * 1024 * 1024)}), 413),
        (packed(**{"word/embeddings/inner.zip": b"PK\x03\x04"}), 413),
        (packed(**{"../../evil.xml": b"x"}), 413),
    ],
    ids=["bomb", "nested", "slip"],
)
def test_input_33_archives_that_burst_nest_or_slip_are_refused(
    company: Company, change: Any, visit: Any, content: bytes, status: int
) -> None:
    with change():
        application = make_application(company.organisation)

    page = attach(visit(company.editor), application, content, "report.docx", note="kept")

    assert page.status_code == status
    assert fields(page, form=1)["note"] == "kept"
    assert queries.evidence_of(application) == []


def test_input_34_a_flood_of_pixels_is_refused(company: Company, change: Any, visit: Any) -> None:
    with change():
        application = make_application(company.organisation)

    assert attach(visit(company.editor), application, flood(), "scan.png").status_code == 413


def test_input_35_a_body_of_40_megabytes_is_refused_before_it_is_read(
    company: Company, change: Any, visit: Any
) -> None:
    with change():
        application = make_application(company.organisation)

    class Unread(io.RawIOBase):
        taken = 0

        def readable(self) -> bool:
            return True

        def seek(self, *_where: int) -> int:
            return 0

        def tell(self) -> int:
            return 0

        def readinto(self, buffer: Any) -> int:
            self.taken += len(buffer)
            buffer[:] = b"x" * len(buffer)
            return len(buffer)

    body = Unread()
    page = visit(company.editor).post(
        f"/applications/{application.id}/questions/HRT-01",
        input_stream=body,
        environ_overrides={"CONTENT_LENGTH": str(40 * 1024 * 1024)},
        content_type="multipart/form-data; boundary=x",
    )

    assert page.status_code == 413
    assert body.taken < 1024 * 1024


@pytest.mark.parametrize(
    ("content", "statuses"),
    [
        (b"<!doctype html><script>alert(1)</script>", {415}),
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', {415}),
        (b"MZ\x90\x00\x03\x00", {415}),
        (scripted(), {415}),
        (pdf(encryption=pikepdf.Encryption(owner="o", user="u")), {415}),
        (endless(), {415, 422}),
    ],
    ids=["html", "svg", "exe", "script", "encrypted", "10 000 pages"],
)
def test_input_36_what_only_calls_itself_pdf_is_refused(
    company: Company, change: Any, visit: Any, content: bytes, statuses: set[int]
) -> None:
    with change():
        application = make_application(company.organisation)

    page = attach(visit(company.editor), application, content, "policy.pdf")

    assert page.status_code in statuses
    assert parsed(page).find(".//input[@name='file']").get("aria-invalid") == "true"
    assert queries.evidence_of(application) == []


@pytest.mark.parametrize("content", [b"", pdf()[:200], packed()[:100]], ids=["empty", "half a pdf", "half a docx"])
def test_input_37_truncated_or_empty_files_are_refused(
    company: Company, change: Any, visit: Any, content: bytes
) -> None:
    with change():
        application = make_application(company.organisation)

    assert attach(visit(company.editor), application, content).status_code == 415


# -- room -------------------------------------------------------------------------------------------------------------


def test_an_organisation_keeps_no_more_than_its_quota(
    company: Company, change: Any, visit: Any, app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with change():
        application = make_application(company.organisation)
        make_evidence(application, "HRT-02", b"x" * 600)
    small = app.config["CERTIFY"].model_copy(update={"organisation_quota": 1_000})
    monkeypatch.setitem(app.config, "CERTIFY", small)

    page = attach(visit(company.editor), application, b"y" * 600, "more.txt")

    assert page.status_code == 413
    assert "Please remove some" in words(page)
    assert len(queries.evidence_of(application)) == 1


def test_a_question_takes_a_bounded_number_of_files(company: Company, change: Any) -> None:
    with change():
        application = make_application(company.organisation)
        for number in range(20):
            make_evidence(application, "HRT-01", f"file {number}".encode())

    with change(), pytest.raises(RuleBroken, match="20 files"):
        make_evidence(application, "HRT-01", b"one more")


def test_fault_4_a_full_disk_is_said_and_leaves_no_debris(
    company: Company, change: Any, visit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with change():
        application = make_application(company.organisation)
    before = {path for path in Path(files.storage().folder).rglob("*") if path.is_file()}

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as disk:
        disk.setattr("certify.outside.storage.os.fsync", full)
        page = attach(visit(company.editor), application, b"a file that is new\n")

    left = {path for path in Path(files.storage().folder).rglob("*") if path.is_file()}
    assert page.status_code == 507
    assert left == before
    assert queries.evidence_of(application) == []
    assert visit(company.editor).get(f"/applications/{application.id}").status_code == 200


# -- reading ----------------------------------------------------------------------------------------------------------


def test_a_file_is_handed_out_as_a_download_and_never_inline(company: Company, change: Any, visit: Any) -> None:
    with change():
        application = make_application(company.organisation)
        evidence = make_evidence(application, "HRT-01", b"a,b\n1,2\n")

    answer = visit(company.reader).get(f"/applications/evidence/{evidence.id}")

    assert answer.data == b"a,b\n1,2\n"
    assert answer.mimetype == CSV
    assert answer.headers["Content-Disposition"] == "attachment; filename=register.txt.csv"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_every_reading_of_evidence_is_on_record_before_a_byte_leaves(company: Company, change: Any, visit: Any) -> None:
    with change():
        application = make_application(company.organisation)
        evidence = make_evidence(application, "HRT-01")

    visit(company.reader).get(f"/applications/evidence/{evidence.id}")

    entry = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "evidence.read")).one()
    assert entry.outcome is Outcome.READ
    assert entry.case_key == application.case_key
    assert entry.detail is not None and entry.detail.person_id == company.reader.id


def test_evidence_of_a_draft_can_be_removed_for_good(company: Company, change: Any, visit: Any) -> None:
    with change():
        application = make_application(company.organisation)
        evidence = make_evidence(application, "HRT-01")
    client, identifier = visit(company.editor), evidence.id
    address = f"/applications/{application.id}/questions/HRT-01"

    page = client.post(
        f"/applications/evidence/{identifier}/remove",
        data={"csrf_token": fields(client.get(address), form=1)["csrf_token"]},
        follow_redirects=True,
    )

    db.session.expire_all()
    assert "was removed" in words(page)
    assert queries.evidence_of(application) == []
    assert client.get(f"/applications/evidence/{identifier}").status_code == 404


def test_evidence_that_was_signed_off_cannot_be_removed(company: Company, change: Any) -> None:
    with change():
        application = make_submitted_application(company.organisation)
        evidence = queries.evidence_of(application)[0]

    with change(), pytest.raises(RuleBroken):
        service.remove_evidence(evidence, actor=get_actor(company.editor))


def test_a_reader_sends_no_evidence(company: Company, change: Any, visit: Any) -> None:
    with change():
        application = make_application(company.organisation)

    assert visit(company.reader).get(f"/applications/{application.id}/questions/HRT-01").status_code == 403


def test_the_service_takes_only_dates_that_can_be(company: Company, change: Any) -> None:
    with change():
        application = make_application(make_organisation())

    with change(), pytest.raises(Invalid):
        make_evidence(application, "HRT-01", document_date=date(2027, 1, 1))


def test_expired_evidence_is_marked(company: Company, change: Any, visit: Any) -> None:
    with change():
        application = make_application(company.organisation)
        make_evidence(application, "HRT-01", expires_on=date(2026, 3, 1))

    page = visit(company.editor).get(f"/applications/{application.id}/questions/HRT-01")

    assert "Expired" in words(page)


def test_the_quota_counts_what_is_kept(change: Any) -> None:
    with change():
        application = make_answered_application()

    kept = queries.bytes_kept(application.organisation_id)

    assert kept == sum(row.file.size for row in queries.evidence_of(application))
