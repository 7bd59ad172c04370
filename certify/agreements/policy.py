"""Who may do what with agreements."""

from __future__ import annotations

from typing import Any

from certify.accounts.rules import Role
from certify.agreements.rules import PartyKind
from certify.kernel.policy import Actor, Permit, Policy, either, roles


def by_system(actor: Actor, subject: Any) -> bool:
    """Permit jobs and reactions."""
    return actor.is_system


def belongs_to_a_side(actor: Actor, subject: Any) -> bool:
    """Permit people of any company, and focal points."""
    return actor.has(Role.FOCAL_POINT) or any(fact.startswith("member:") for fact in actor.facts)


def unbarred(actor: Actor, agreement: Any) -> bool:
    """Refuse whoever has a conflict of interest in the case.

    A state's own conflict keeps its Board members from deciding; it does not keep its government from being a party.
    """
    if not actor.holds("barred", agreement.case_key):
        return True
    keys = agreement.keys_of_sight
    return any(actor.holds("state", key) and actor.holds("focal_point", key) for key in keys)


def cleared(actor: Actor, agreement: Any) -> bool:
    """Whether this person declared no interest that keeps them out, before the file opened."""
    return actor.holds("cleared", agreement.case_key) and unbarred(actor, agreement)


def officer_cleared(actor: Actor, agreement: Any) -> bool:
    """Permit officers who declared."""
    return actor.has(Role.OFFICER) and cleared(actor, agreement)


def drafts_for(actor: Actor, certificate: Any) -> bool:
    """Permit officers whom nothing bars from the certificate or the case behind it."""
    if not actor.has(Role.OFFICER) or certificate is None:
        return actor.has(Role.OFFICER)
    keys = (certificate.case_key, f"application:{certificate.application_id}")
    return not any(actor.holds("barred", key) for key in keys)


def insider(actor: Actor, agreement: Any) -> bool:
    """Permit officers and the auditor whom nothing bars, and members of the Board who declared."""
    if actor.holds("sits", "board"):
        return cleared(actor, agreement)
    return actor.has(Role.OFFICER, Role.AUDITOR) and unbarred(actor, agreement)


def company_member(actor: Actor, agreement: Any) -> bool:
    """Permit people of the company, once a version was put before it."""
    return "company" in agreement.keys_of_sight and actor.holds("member", agreement.organisation_id)


def focal_point(actor: Actor, agreement: Any) -> bool:
    """Permit the focal point of a government that is a party, once a version was put before it."""
    keys = agreement.keys_of_sight
    return any(actor.holds("focal_point", key) for key in keys) and unbarred(actor, agreement)


def acts_for(actor: Actor, party: Any) -> bool:
    """Permit who speaks for a party: the legal representative, the focal point of the country, an officer.

    Asked anew with every request, so an authority that ended is without effect at once.
    """
    agreement = party.agreement
    if party.key not in agreement.keys_of_sight:
        return False
    if party.kind is PartyKind.COMPANY:
        return actor.holds("legal_representative", agreement.organisation_id)
    if party.kind is PartyKind.GOVERNMENT:
        return actor.holds("focal_point", party.country) and unbarred(actor, agreement)
    return officer_cleared(actor, agreement)


def of_the_agreement(permit: Permit) -> Permit:
    """Ask the question about the agreement that a part of it belongs to."""
    return lambda actor, part: permit(actor, part.agreement)


sees = either(insider, company_member, focal_point, by_system)
lists = either(roles(Role.OFFICER, Role.AUDITOR, Role.BOARD), belongs_to_a_side)

POLICY: Policy = {
    "agreement.list": lists,
    "draft.see": drafts_for,
    "draft.begin": drafts_for,
    "agreement.see": sees,
    "agreement.read": sees,
    "agreement.edit": officer_cleared,
    "agreement.propose": officer_cleared,
    "agreement.table": officer_cleared,
    "agreement.open_signing": officer_cleared,
    "agreement.screen": officer_cleared,
    "agreement.print": by_system,
    "agreement.clear": by_system,
    "agreement.conclude": by_system,
    "agreement.suspend": by_system,
    "agreement.lapse": by_system,
    "agreement.expire": by_system,
    "version.see": of_the_agreement(sees),
    "version.read": of_the_agreement(sees),
    "contribution.see": of_the_agreement(sees),
    "contribution.remove": of_the_agreement(officer_cleared),
    "party.see": of_the_agreement(sees),
    "party.agree": acts_for,
    "party.comment": acts_for,
    "party.sign": acts_for,
    "party.decline": acts_for,
}
