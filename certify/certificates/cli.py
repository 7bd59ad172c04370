"""`certify verify`: check a document on any machine, with a trust bundle and nothing else."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from certify.certificates.trust import TrustBroken, TrustBundle, read_trust_bundle
from certify.certificates.verifying import (
    Answer,
    Examined,
    KnownStanding,
    Outcome,
    VerificationReport,
    verify_file,
)

BUNDLE_NAME = "trust.json"
NOT_UNTOUCHED, NOT_IN_FORCE, CANNOT_CONFIRM = 1, 3, 4  # exit codes; 0 is good, 2 is a wrong call
ANSWERS = {
    Answer.UNTOUCHED: "The file is exactly as it was issued.",
    Answer.ALTERED: "The file was changed after it was sealed. Do not rely on it.",
    Answer.STRIPPED: "The file carries no seal. It may be a copy whose seal was taken off. Do not rely on it.",
    Answer.IMPOSTOR: "The file is signed with a key that is not the issuer's, whatever it says. Do not rely on it.",
    Answer.UNKNOWN: "The seal is the issuer's, but the bundle does not list this file. A newer bundle may know it.",
    Answer.UNREADABLE: "The file is neither a PDF nor a credential that can be read.",
}
STANDINGS = {
    KnownStanding.NOT_WITHDRAWN: "The certificate was neither withdrawn nor suspended when the status lists were made.",
    KnownStanding.SUSPENDED: "The certificate is suspended.",
    KnownStanding.WITHDRAWN: "The certificate is withdrawn.",
    KnownStanding.EXPIRED: "The certificate has expired.",
    KnownStanding.NOT_KNOWN: "Whether the certificate was withdrawn or suspended is not known here.",
    KnownStanding.NO_CERTIFICATE: "",
}
CHECKS = {
    Examined.SEAL: "Seal of the issuer, covering the whole file",
    Examined.ISSUED_FILE: "The very file that was issued (SHA-256)",
    Examined.CREDENTIAL: "Credential, signed by the issuer",
    Examined.DATES: "Not past its last day",
    Examined.WITHDRAWAL: "Not withdrawn",
    Examined.SUSPENSION: "Not suspended",
}
SIGNS = {Outcome.PASSED: "yes", Outcome.FAILED: "NO", Outcome.NOT_CHECKED: "not checked"}


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--trust",
    "bundle_path",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The trust bundle; without it, trust.json beside FILE.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the whole report as JSON.")
def verify(file: Path, bundle_path: Path | None, as_json: bool) -> None:
    """Check FILE, a sealed PDF or a credential in JSON, without a network.

    Exit code 0 only for a file that is untouched and whose certificate is not known to be withdrawn, suspended or
    expired; 1 for a file that is altered, stripped or forged, 3 for one no longer in force, 4 where nothing can be
    confirmed.
    """
    bundle = _bundle(bundle_path or file.with_name(BUNDLE_NAME))
    report = verify_file(file.read_bytes(), bundle=bundle, at=datetime.now(UTC))
    click.echo(_json(report, bundle) if as_json else _words(report, bundle))
    sys.exit(exit_code(report))


commands = [verify]


def exit_code(report: VerificationReport) -> int:
    """The exit code that tells a script what a person reads."""
    if report.is_good:
        return 0
    if report.answer is Answer.UNTOUCHED:
        return NOT_IN_FORCE
    return CANNOT_CONFIRM if report.answer is Answer.UNKNOWN else NOT_UNTOUCHED


def not_established(report: VerificationReport, bundle: TrustBundle) -> list[str]:
    """What this check, for all it found, could not establish."""
    open_questions = [
        f"Whether the bundle is {bundle.organisation}'s own: take it from the address you know to be right.",
        "Whether any rule was followed in the decision behind the document.",
    ]
    if report.standing is KnownStanding.NO_CERTIFICATE:
        return open_questions
    if report.status_as_of is not None:
        moment = _moment(report.status_as_of)
        open_questions.insert(0, f"What happened after {moment}: a later suspension or withdrawal is not known here.")
    return open_questions


def _bundle(path: Path) -> TrustBundle:
    if not path.is_file():
        raise click.UsageError(f"There is no trust bundle at {path}. Name one with --trust.")
    try:
        return read_trust_bundle(path.read_bytes())
    except TrustBroken as broken:
        raise click.UsageError(str(broken)) from broken


def _words(report: VerificationReport, bundle: TrustBundle) -> str:
    lines = [f"{report.answer.value.upper()}: {ANSWERS[report.answer]}", STANDINGS[report.standing], ""]
    lines += [f"  {CHECKS[check]}: {SIGNS[outcome]}" for check, outcome in report.checks.items()]
    lines += [f"  {label}: {value}" for label, value in _facts(report).items()]
    lines += ["", "Not established:", *(f"  {line}" for line in not_established(report, bundle))]
    if bundle.is_specimen:
        lines += ["", "SPECIMEN: the bundle was made in a demonstration. It certifies nothing."]
    return "\n".join(line for place, line in enumerate(lines) if line or lines[place - 1])


def _facts(report: VerificationReport) -> dict[str, str]:
    facts = {
        "Certificate": report.number,
        "Sealed by": report.sealed_by,
        "Sealed at": report.sealed_at and _moment(report.sealed_at),
        "Valid from": report.valid_from and _moment(report.valid_from),
        "Valid until": report.valid_until and _moment(report.valid_until),
        "Doubts": ", ".join(report.doubts),
        "SHA-256": report.sha256,
    }
    return {label: value for label, value in facts.items() if value}


def _json(report: VerificationReport, bundle: TrustBundle) -> str:
    content: dict[str, Any] = {
        "answer": report.answer.value,
        "sentence": ANSWERS[report.answer],
        "standing": report.standing.value,
        "good": report.is_good,
        "sha256": report.sha256,
        "number": report.number,
        "checks": {check.value: outcome.value for check, outcome in report.checks.items()},
        "doubts": list(report.doubts),
        "sealedBy": report.sealed_by,
        "sealedAt": report.sealed_at and report.sealed_at.isoformat(),
        "validFrom": report.valid_from and report.valid_from.isoformat(),
        "validUntil": report.valid_until and report.valid_until.isoformat(),
        "statusAsOf": report.status_as_of and report.status_as_of.isoformat(),
        "bundle": {"issuer": bundle.issuer, "madeAt": bundle.made_at.isoformat(), "specimen": bundle.is_specimen},
        "notEstablished": not_established(report, bundle),
    }
    return json.dumps(content, indent=2, ensure_ascii=False)


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
