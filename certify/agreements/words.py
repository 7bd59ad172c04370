"""How agreements read to people: states, parties, obstacles, and what happened."""

from __future__ import annotations

from typing import Any

from certify.agreements.models import Agreement, Party
from certify.agreements.reference import areas, goal_of, goals
from certify.agreements.rules import (
    ContributionKind,
    CostBearer,
    Ending,
    Fault,
    Method,
    Obstacle,
    PartyKind,
    SealedKind,
    State,
)
from certify.kernel.i18n import _, _l, current_language
from certify.organisations.words import country_name

STATES: dict[State, tuple[Any, str]] = {
    State.DRAFTING: (_l("Drafting"), "neutral"),
    State.NEGOTIATION: (_l("Negotiation"), "info"),
    State.AGREED: (_l("Agreed"), "info"),
    State.CLEARED: (_l("Cleared by the Board"), "info"),
    State.SIGNING: (_l("Signing"), "attention"),
    State.IN_FORCE: (_l("In force"), "active"),
    State.SUSPENDED: (_l("Suspended"), "attention"),
    State.COMPLETED: (_l("Completed"), "neutral"),
    State.TERMINATED: (_l("Terminated"), "refused"),
    State.EXPIRED: (_l("Expired"), "neutral"),
}
"""State > its word and its tone."""
NEXT: dict[State, Any] = {
    State.DRAFTING: _l("The Secretariat writes the text and puts it before the parties."),
    State.NEGOTIATION: _l("Each party reads the same document, agrees to it or comments on it."),
    State.AGREED: _l("All parties agree to the same document. The Board of member states decides whether to clear it."),
    State.CLEARED: _l("The Board has cleared exactly this document. The Secretariat opens signing."),
    State.SIGNING: _l("The parties sign in the order shown. Nobody can sign before those ahead of them."),
    State.IN_FORCE: _l("All parties have signed. The sealed documents are below."),
    State.SUSPENDED: _l("The activities under this agreement are suspended until the certificate is active again."),
    State.COMPLETED: _l("The agreement was carried out to its end."),
    State.TERMINATED: _l("The agreement was ended before its term."),
    State.EXPIRED: _l("The term of the agreement is over."),
}
PARTY_KINDS: dict[PartyKind, Any] = {
    PartyKind.COMPANY: _l("Company"),
    PartyKind.GOVERNMENT: _l("Government"),
    PartyKind.SECRETARIAT: _l("Secretariat"),
}
CAPACITIES: dict[PartyKind, Any] = {
    PartyKind.COMPANY: _l("Legal representative"),
    PartyKind.GOVERNMENT: _l("Government focal point"),
    PartyKind.SECRETARIAT: _l("Officer of the Secretariat"),
}
CONTRIBUTION_KINDS: dict[ContributionKind, Any] = {
    ContributionKind.KNOWLEDGE: _l("Knowledge"),
    ContributionKind.EXPERTISE: _l("Expertise"),
    ContributionKind.TECHNOLOGY: _l("Technology"),
    ContributionKind.FINANCE: _l("Finance"),
}
COST_BEARERS: dict[CostBearer, Any] = {
    CostBearer.COMPANY: _l("The company bears the cost"),
    CostBearer.GOVERNMENTS: _l("The governments bear the cost, each in its own country"),
    CostBearer.SECRETARIAT: _l("The Secretariat bears the cost"),
    CostBearer.EACH_PARTY: _l("Each party bears the cost of its own part"),
}
METHODS: dict[Method, Any] = {
    Method.ONE_FACTOR: _l("Password, typed again at signing"),
    Method.TWO_FACTORS: _l("Password, typed again at signing, in a session opened with a one-time code"),
}
SEALED_KINDS: dict[SealedKind, Any] = {
    SealedKind.AGREEMENT: _l("Sealed agreement"),
    SealedKind.RECORD: _l("Signing record"),
}
ENDINGS: dict[Ending, Any] = {
    Ending.SUPERSEDED: _l("Replaced by a new version"),
    Ending.REJECTED: _l("Not cleared by the Board"),
    Ending.DECLINED: _l("Signing declined"),
    Ending.LAPSED: _l("Not signed in time"),
    Ending.CONCLUDED: _l("Signed by all"),
}
FAULTS: dict[Fault, Any] = {
    Fault.NO_GOVERNMENT: _l("Choose at least one government."),
    Fault.NOT_A_MEMBER: _l("Choose governments from the list, each once."),
    Fault.UNKNOWN_AREA: _l("Choose a priority area."),
    Fault.NO_TARGET: _l("Name at least one target, such as 8.3."),
    Fault.UNKNOWN_TARGET: _l("Write targets of the 2030 Agenda as their numbers, such as 4.4 or 8.a."),
    Fault.NO_LANGUAGE: _l("Choose at least one language."),
    Fault.TERM_BACKWARDS: _l("The last day must come after the first."),
    Fault.TERM_LONG: _l("A term may last ten years at most."),
    Fault.STARTS_LATE: _l("The term must begin while the certificate is valid."),
}
OBSTACLES: dict[Obstacle, Any] = {
    Obstacle.NOT_OPEN: _l("This agreement is not open for signing by this party."),
    Obstacle.EXPIRED: _l("The time for signing has passed."),
    Obstacle.NOT_CERTIFIED: _l("The company's certificate is not active. Nobody can sign until it is."),
    Obstacle.OUTDATED: _l("The document has changed since you opened this page. Read it again before you sign."),
    Obstacle.SIGNED_ALREADY: _l("This party has signed already."),
    Obstacle.NOT_YOUR_TURN: _l("It is not this party's turn yet. The parties sign in the order shown."),
}
TIMELINE: dict[str, Any] = {
    "AgreementDrafted": _l("The agreement %(reference)s was begun."),
    "VersionProposed": _l("Version %(version)s was put before the parties."),
    "VersionPrinted": _l("The document of version %(version)s was printed."),
    "PartyAgreed": _l("%(party)s agreed to version %(version)s."),
    "PartyCommented": _l("%(party)s commented on version %(version)s."),
    "VersionAgreed": _l("All parties agreed to version %(version)s."),
    "ClearanceTabled": _l("Version %(version)s was put before the Board as motion %(motion)s."),
    "AgreementCleared": _l("The Board cleared version %(version)s by resolution %(resolution)s."),
    "ClearanceRefused": _l("The Board did not clear the version before the parties."),
    "SigningOpened": _l("Signing of version %(version)s was opened."),
    "AgreementSigned": _l("%(party)s signed."),
    "SigningDeclined": _l("%(party)s declined to sign."),
    "SigningLapsed": _l("The time for signing passed before every party had signed."),
    "AgreementConcluded": _l("Every party has signed. The agreement and its signing record were sealed."),
    "AgreementSuspended": _l("The suspension clause was raised: the company's certificate is not active."),
    "AgreementReinstated": _l("The alert was lifted: the company's certificate is active again."),
    "AgreementExpired": _l("The term of the agreement ended."),
}


def party_name(party: Party) -> str:
    """Return how a party is called in the reader's language."""
    return key_name(party.agreement, party.key)


def key_name(agreement: Agreement, key: str) -> str:
    """Return how the party with this key is called in the reader's language."""
    if key == PartyKind.COMPANY.value:
        return str(agreement.certificate.holder_name)
    if key == PartyKind.SECRETARIAT.value:
        return str(_("Secretariat"))
    return str(_("%(country)s (government)", country=country_name(key)))


def area_title(area: str, language: str = "") -> str:
    """Return a priority area's title, in the reader's language where none is named; the id where there is none."""
    return areas().get(area, {}).get(language or current_language(), area)


def target_title(target: str) -> str:
    """Return a target with the short title of its goal: "8.3 (Decent work and economic growth)"."""
    return f"{target} ({goals()[goal_of(target)][current_language()]})"


def agreement_title(agreement: Agreement) -> str:
    """Return an agreement's title in the reader's language, in another of its own, or its reference."""
    written = [agreement.texts.get(code, {}).get("title", "") for code in (current_language(), *agreement.languages)]
    return next((title for title in written if title), agreement.reference)
