"""How standings, grounds and obstacles read to people."""

from __future__ import annotations

from typing import Any

from certify.certificates.record import CertifiedBand
from certify.certificates.rules import Ground, Obstacle, Standing
from certify.kernel.i18n import _l

STANDINGS: dict[Standing, Any] = {
    Standing.PENDING: _l("Being issued"),
    Standing.ACTIVE: _l("Active"),
    Standing.SUSPENDED: _l("Suspended"),
    Standing.WITHDRAWN: _l("Withdrawn"),
    Standing.WITHDRAWN_BY_HOLDER: _l("Given back by the holder"),
    Standing.EXPIRED: _l("Expired"),
    Standing.SUPERSEDED: _l("Superseded"),
}
TONES: dict[Standing, str] = {
    Standing.PENDING: "info",
    Standing.ACTIVE: "active",
    Standing.SUSPENDED: "attention",
    Standing.WITHDRAWN: "refused",
    Standing.WITHDRAWN_BY_HOLDER: "refused",
    Standing.EXPIRED: "neutral",
    Standing.SUPERSEDED: "neutral",
}
BANDS: dict[CertifiedBand, Any] = {
    CertifiedBand.CONDITIONAL: _l("Certified with conditions"),
    CertifiedBand.CERTIFIED: _l("Certified"),
    CertifiedBand.DISTINCTION: _l("Certified with distinction"),
}
GROUNDS: dict[Ground, Any] = {
    Ground.RIGHTS: _l("Serious concern about human rights"),
    Ground.SANCTIONS: _l("Sanctions or debarment"),
    Ground.FALSE_INFORMATION: _l("False information"),
    Ground.CONDITIONS: _l("Conditions not met"),
    Ground.REPORTING: _l("Yearly report missing"),
    Ground.MISUSE: _l("Misuse of the certificate"),
    Ground.OTHER: _l("Another ground, named in the reason"),
}
OBSTACLES: dict[Obstacle, Any] = {
    Obstacle.NOT_APPROVED: _l("The Board has not approved this application."),
    Obstacle.ISSUED_ALREADY: _l("This application has its certificate already."),
    Obstacle.ANOTHER_LIVES: _l("The company holds a live certificate of this framework already."),
    Obstacle.NOT_SCREENED: _l(
        "Owners and directors have not been screened yet. The screening has been started; please try again shortly."
    ),
    Obstacle.SCREENING_OLD: _l(
        "The last screening is older than 7 days. A new one has been started; please try again shortly."
    ),
    Obstacle.OPEN_HITS: _l(
        "The screening has hits that an officer has still to decide. You will be told when that is done."
    ),
    Obstacle.TRUE_MATCH: _l(
        "The screening confirmed an entry of an excluding list. The Secretariat will write to you."
    ),
}
TIMELINE: dict[str, Any] = {
    "CertificateClaimed": _l("The company accepted the terms; the certificate is being made."),
    "CertificateIssued": _l("Certificate %(number)s was issued."),
    "SuspensionProposed": _l("A suspension was proposed."),
    "SuspensionConfirmed": _l("The chair confirmed the suspension; it takes effect at %(effective_at)s."),
    "CertificateSuspended": _l("The certificate was suspended."),
    "SuspensionLapsed": _l("The urgent suspension lapsed: it was not ratified in time."),
    "CertificateReinstated": _l("The suspension was lifted."),
    "WithdrawalProposed": _l("A withdrawal was proposed; the company may answer until %(answer_until)s."),
    "CertificateWithdrawn": _l("The certificate was withdrawn."),
    "CertificateExpired": _l("The certificate expired."),
}
