"""Telling the story on the screen and writing its documents down."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import click

from certify.agreements.models import Agreement
from certify.agreements.queries import sealed_files
from certify.agreements.rules import SealedKind
from certify.applications.models import Application
from certify.applications.queries import latest_snapshot
from certify.applications.rules import Status
from certify.assessment.queries import latest_scorecard
from certify.certificates.models import Certificate
from certify.certificates.service import publishing
from certify.certificates.trust import IssuedFile
from certify.demo import loading, partnership, story
from certify.demo.companies import CERTIFIED, INELIGIBLE, REFUSED
from certify.demo.published import import_published
from certify.kernel import files

OUTCOMES = {
    Status.APPROVED: "certified",
    Status.APPROVED_WITH_CONDITIONS: "certified",
    Status.REFUSED: "refused",
    Status.INELIGIBLE: "ineligible",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table on the screen."""

    company: str
    total: str
    band: str
    outcome: str


def tell(out: Path, lists: Path | None) -> None:
    """Play the three companies and write certificate, credential, agreement, trust bundle, scorecards, snapshots."""
    out.mkdir(parents=True, exist_ok=True)
    story.people_the_house()
    if lists is not None:
        import_published(lists)
    certificate = loading.certify(CERTIFIED)
    cases = [certificate.application, loading.refuse(REFUSED), loading.exclude(INELIGIBLE)]
    agreement = partnership.conclude(certificate)
    write_documents(out, certificate, cases)
    write_agreement(out, agreement)
    print_table([line_of(case) for case in cases])


def write_documents(out: Path, certificate: Certificate, cases: list[Application]) -> None:
    """Write everything down."""
    document = next(found for found in certificate.documents if found.language == "en")
    (out / "certificate.pdf").write_bytes(files.storage().get(document.sha256))
    (out / "credential.json").write_text(certificate.credential, encoding="utf-8")
    for case in cases:
        write_case(out, case)


def write_agreement(out: Path, agreement: Agreement) -> None:
    """Write the sealed agreement and its signing record, and the trust bundle that knows everything issued."""
    sealed = sealed_files(agreement)
    for kind, name in ((SealedKind.AGREEMENT, "agreement.pdf"), (SealedKind.RECORD, "agreement-record.pdf")):
        (out / name).write_bytes(files.read(sealed[kind].file))
    listed = [IssuedFile(found.sha256, kind.value, agreement.reference) for kind, found in sealed.items()]
    (out / "trust.json").write_bytes(publishing.trust_bundle(listed))


def write_case(out: Path, case: Application) -> None:
    """Write a case's scorecard and snapshot."""
    scorecard, snapshot = latest_scorecard(case), latest_snapshot(case)
    if scorecard is not None:
        (out / f"scorecard-{case.reference}.json").write_text(
            json.dumps(scorecard.result, indent=1, ensure_ascii=False)
        )
    if snapshot is not None and snapshot.file is not None:
        (out / f"snapshot-{case.reference}.pdf").write_bytes(files.read(snapshot.file))


def line_of(case: Application) -> Line:
    """Return what became of a case."""
    scorecard = latest_scorecard(case)
    total = (scorecard.result["display"] if scorecard else None) or "-"
    band = scorecard.band.value if scorecard else "not_eligible"
    return Line(case.organisation.legal_name, total, band, OUTCOMES.get(case.status, case.status.value))


def print_table(lines: list[Line]) -> None:
    """Print the outcomes."""
    click.echo(f"{'company':<46} {'total':>6}  {'band':<14} outcome")
    for line in lines:
        click.echo(f"{line.company:<46} {line.total:>6}  {line.band:<14} {line.outcome}")
