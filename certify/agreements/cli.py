"""`certify agreements`: check a sealed agreement or its signing record on any machine; check the clause library."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from certify.agreements.clauses import lint, load_library, read_library, versions
from certify.agreements.verifying import AgreementReport, Check, Kind, verify_agreement
from certify.certificates.trust import TrustBroken, TrustBundle, read_trust_bundle
from certify.certificates.verifying import Answer, Outcome

BUNDLE_NAME = "trust.json"
NOT_UNTOUCHED, CANNOT_CONFIRM = 1, 4  # exit codes; 0 is good, 2 is a wrong call
ANSWERS = {
    Answer.UNTOUCHED: "The file is exactly as it was sealed and issued.",
    Answer.ALTERED: "The file was changed after it was sealed. Do not rely on it.",
    Answer.STRIPPED: "The file carries no seal. It may be a copy whose seal was taken off. Do not rely on it.",
    Answer.IMPOSTOR: "The file is signed with a key that is not the issuer's, whatever it says. Do not rely on it.",
    Answer.UNKNOWN: "The seal is the issuer's, but the bundle does not list this file. A newer bundle may know it.",
    Answer.UNREADABLE: "The file is not a PDF that can be read.",
}
KINDS = {Kind.AGREEMENT: "Agreement", Kind.RECORD: "Signing record", Kind.OTHER: "Neither agreement nor signing record"}
CHECKS = {
    Check.SEAL: "Seal of the issuer, covering the whole file",
    Check.ISSUED_FILE: "The very file that was issued (SHA-256)",
    Check.TERMS: "Terms inside the file as digested",
    Check.CHAIN: "Signatures, each following from the one before",
    Check.NAMED_FILE: "Agreement and signing record name one another",
}
SIGNS = {Outcome.PASSED: "yes", Outcome.FAILED: "NO", Outcome.NOT_CHECKED: "not checked"}
NOT_ESTABLISHED = (
    "Whether the signatories were authorised under the law of their party.",
    "Which legal class the signatures have: they are simple electronic signatures with a sealed record.",
    "What happened after the seal: a later suspension or termination is not known here.",
)


@click.group()
def agreements() -> None:
    """Partnership agreements and the clauses they are made of."""


@agreements.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--trust",
    "bundle_path",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The trust bundle; without it, trust.json beside FILE.",
)
@click.option(
    "--record",
    "record_path",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The signing record that should belong to the agreement FILE.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the whole report as JSON.")
def verify(file: Path, bundle_path: Path | None, record_path: Path | None, as_json: bool) -> None:
    """Check FILE, a sealed agreement or a signing record, without a network.

    Exit code 0 only for a file that is untouched and whose checks all hold; 1 for one that is altered, stripped,
    forged or does not hold together, 4 where nothing can be confirmed.
    """
    bundle = read_bundle(bundle_path or file.with_name(BUNDLE_NAME))
    record = record_path.read_bytes() if record_path else None
    report = verify_agreement(file.read_bytes(), bundle=bundle, at=datetime.now(UTC), record=record)
    click.echo(in_json(report, bundle) if as_json else in_words(report, bundle))
    sys.exit(exit_code(report))


@agreements.command("lint")
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
def lint_clauses(folder: Path | None) -> None:
    """Name every fault of the clause library in FOLDER, or of every version that is shipped; exit code 1 if any."""
    libraries = [read_library(folder)] if folder else [load_library(version) for version in versions()]
    flaws = [(library.version, flaw) for library in libraries for flaw in lint(library)]
    for version, flaw in flaws:
        click.echo(f"{version} {flaw.place}: {flaw.kind.value} {flaw.name}".rstrip(), err=True)
    for library in libraries:
        click.echo(f"{library.version}: {sum(version == library.version for version, _flaw in flaws)} faults.")
    sys.exit(1 if flaws else 0)


def exit_code(report: AgreementReport) -> int:
    """Return the exit code that tells a script what a person reads."""
    if report.is_good:
        return 0
    unsure = report.answer is Answer.UNKNOWN or (report.answer is Answer.UNTOUCHED and report.kind is Kind.OTHER)
    return CANNOT_CONFIRM if unsure else NOT_UNTOUCHED


def read_bundle(path: Path) -> TrustBundle:
    """Read the trust bundle, or say in one sentence why it cannot be used."""
    if not path.is_file():
        raise click.UsageError(f"There is no trust bundle at {path}. Name one with --trust.")
    try:
        return read_trust_bundle(path.read_bytes())
    except TrustBroken as broken:
        raise click.UsageError(str(broken)) from broken


def in_words(report: AgreementReport, bundle: TrustBundle) -> str:
    """Say what was found, for a person."""
    lines = [f"{report.answer.value.upper()}: {ANSWERS[report.answer]}", f"{KINDS[report.kind]} {report.reference}", ""]
    lines += [f"  {CHECKS[check]}: {SIGNS[outcome]}" for check, outcome in report.checks.items()]
    lines += [f"  {label}: {value}" for label, value in facts(report).items()]
    lines += [f"  {place}. {entry_line(entry)}" for place, entry in enumerate(report.signatures, start=1)]
    lines += ["", "Not established:", *(f"  {line}" for line in NOT_ESTABLISHED)]
    if bundle.is_specimen:
        lines += ["", "SPECIMEN: the bundle was made in a demonstration. Nothing here is valid."]
    return "\n".join(lines)


def entry_line(entry: Any) -> str:
    """Say who signed for whom and when."""
    return (
        f"{entry.get('person', '')} for {entry.get('for', '')} ({entry.get('capacity', '')}) at {entry.get('at', '')}"
    )


def facts(report: AgreementReport) -> dict[str, str]:
    """Return what is known of the file, by its label."""
    known = {
        "Version": str(report.version) if report.version else "",
        "Sealed by": report.sealed_by,
        "Sealed at": report.sealed_at and f"{report.sealed_at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC",
        "Doubts": ", ".join(report.doubts),
        "Broken entries": ", ".join(map(str, report.broken_entries)),
        "SHA-256": report.sha256,
        "SHA-256 of the signed file": report.signed_sha256,
        "SHA-256 of the sealed agreement": report.sealed_sha256,
    }
    return {label: value for label, value in known.items() if value}


def in_json(report: AgreementReport, bundle: TrustBundle) -> str:
    """Say what was found, for a machine."""
    content: dict[str, Any] = {
        "answer": report.answer.value,
        "sentence": ANSWERS[report.answer],
        "kind": report.kind.value,
        "good": report.is_good,
        "sha256": report.sha256,
        "reference": report.reference,
        "version": report.version,
        "checks": {check.value: outcome.value for check, outcome in report.checks.items()},
        "doubts": list(report.doubts),
        "signedSha256": report.signed_sha256,
        "sealedSha256": report.sealed_sha256,
        "signatures": [dict(entry) for entry in report.signatures],
        "brokenEntries": list(report.broken_entries),
        "sealedBy": report.sealed_by,
        "sealedAt": report.sealed_at and report.sealed_at.isoformat(),
        "bundle": {"issuer": bundle.issuer, "madeAt": bundle.made_at.isoformat(), "specimen": bundle.is_specimen},
        "notEstablished": list(NOT_ESTABLISHED),
    }
    return json.dumps(content, indent=2, ensure_ascii=False)
