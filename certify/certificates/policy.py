"""Who may do what with certificates."""

from __future__ import annotations

from typing import Any

from certify.kernel.policy import Actor, Policy, either, every, roles, signed_in


def signs_for_applicant(actor: Actor, application: Any) -> bool:
    """Permit the legal representative of the company that applied."""
    return actor.holds("legal_representative", application.organisation_id)


def reads_for_applicant(actor: Actor, application: Any) -> bool:
    """Permit everybody of the company that applied."""
    return actor.holds("member", application.organisation_id)


def signs_for_holder(actor: Actor, certificate: Any) -> bool:
    """Permit the legal representative of the company that holds it."""
    return actor.holds("legal_representative", certificate.organisation_id)


def belongs_to_holder(actor: Actor, certificate: Any) -> bool:
    """Permit everybody of the company that holds it."""
    return actor.holds("member", certificate.organisation_id)


def speaks_for_country(actor: Actor, certificate: Any) -> bool:
    """Permit the focal point of a country where the holder is seated or works."""
    countries = {certificate.country, *certificate.organisation.countries}
    return any(actor.holds("focal_point", country) for country in countries)


def sits_on_board(actor: Actor, certificate: Any) -> bool:
    """Permit whoever holds a seat of the Board."""
    return actor.holds("sits", "board")


def chairs(actor: Actor, certificate: Any) -> bool:
    """Permit whoever chairs the Board now."""
    return actor.holds("chair", "board")


def unconflicted(actor: Actor, certificate: Any) -> bool:
    """Refuse whoever declared a conflict on the case or on the certificate."""
    keys = (certificate.case_key, f"application:{certificate.application_id}")
    return not any(actor.holds("barred", key) for key in keys)


def of_measure(permit: Any) -> Any:
    """Ask a certificate's permit of a suspension or withdrawal."""
    return lambda actor, measure: permit(actor, measure.certificate)


insiders = either(roles("officer", "auditor"), sits_on_board)
proposers = every(either(roles("officer"), sits_on_board, speaks_for_country), unconflicted)
POLICY: Policy = {
    "certificate.list": signed_in,
    "certificate.see": either(insiders, belongs_to_holder, speaks_for_country),
    "terms.see": reads_for_applicant,
    "terms.accept": signs_for_applicant,
    "certificate.issue": roles("system"),
    "certificate.propose_suspension": proposers,
    "certificate.suspend_urgently": every(chairs, unconflicted),
    "certificate.reinstate": every(chairs, unconflicted),
    "certificate.propose_withdrawal": proposers,
    "certificate.give_back": signs_for_holder,
    "certificate.end": roles("system"),
    "suspension.see": of_measure(insiders),
    "suspension.confirm": of_measure(every(chairs, unconflicted)),
    "suspension.ratify": roles("system"),
    "withdrawal.see": of_measure(either(insiders, belongs_to_holder)),
    "withdrawal.answer": of_measure(signs_for_holder),
    "withdrawal.table": of_measure(every(roles("officer"), unconflicted)),
    "withdrawal.confirm_by_holder": of_measure(every(roles("officer"), unconflicted)),
}
