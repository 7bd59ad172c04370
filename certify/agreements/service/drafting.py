"""Drafting: an officer begins from an active certificate and writes what the parties will read."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping

from certify.agreements.clauses import CURRENT
from certify.agreements.composing import TEXT_PARTS
from certify.agreements.models import Agreement, Contribution, Party
from certify.agreements.queries import find_party
from certify.agreements.reference import areas, targets
from certify.agreements.rules import AgreementDrafted, ContributionKind, Frame, PartyKind, faults_in
from certify.agreements.service.steps import hold_to_edit
from certify.agreements.words import FAULTS
from certify.certificates.models import Certificate
from certify.certificates.rules import Standing
from certify.interests import service as interests
from certify.interests.rules import Interest
from certify.kernel import audit, clock
from certify.kernel.db import db, lock, new_id
from certify.kernel.errors import Invalid, NotFound, RuleBroken
from certify.kernel.events import publish
from certify.kernel.i18n import LANGUAGES, _, in_language
from certify.kernel.policy import Actor, require
from certify.organisations.queries import governments

TEMPLATE = "tripartite"
LONGEST_TEXT = 5_000
"""Characters of one piece of prose; the forms say the same."""
REFERENCE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Digits and capitals without those that are mistaken for one another."""


def draft_agreement(certificate: Certificate, *, frame: Frame, actor: Actor) -> Agreement:
    """Begin an agreement from an active certificate; by drafting, the officer declares to have no interest in it.

    Raises RuleBroken where the certificate is not active, Invalid with each field of the frame that cannot be taken.
    The declaration counts from the actor's next request on: read the actor's facts again before the next step.
    """
    require(actor, "draft.begin", certificate)
    lock(certificate)
    if certificate.standing_at(clock.now()) is not Standing.ACTIVE:
        raise RuleBroken(_("An agreement needs an active certificate. This one is not active."))
    check_frame(frame, certificate)
    agreement = new_agreement(certificate, frame, actor)
    put_frame(agreement, frame)
    open_for_declarations(agreement)
    interests.declare(agreement.case_key, interest=Interest.NONE, actor=actor)
    audit.record("draft.begin", actor=actor, case_key=agreement.case_key, reference=agreement.reference)
    event = AgreementDrafted(agreement.id, agreement.organisation_id, agreement.reference)
    publish(event, case_key=agreement.case_key, actor=actor)
    return agreement


def check_frame(frame: Frame, certificate: Certificate) -> None:
    """Refuse a frame with faults, each at its field."""
    faults = faults_in(
        frame,
        members=governments(),
        areas=areas(),
        targets=targets(),
        languages=LANGUAGES,
        certified_until=certificate.valid_until,
    )
    if faults:
        fields = {name: FAULTS[fault] for name, fault in faults.items()}
        raise Invalid(_("Some entries cannot be taken as they are."), fields=fields)


def new_agreement(certificate: Certificate, frame: Frame, actor: Actor) -> Agreement:
    """Write the row with the two parties that every agreement has."""
    agreement = Agreement(
        id=new_id(),
        reference=new_reference(),
        certificate=certificate,
        organisation_id=certificate.organisation_id,
        library=CURRENT,
        template=TEMPLATE,
        area=frame.area,
        sdg_targets=list(frame.sdg_targets),
        starts_on=frame.starts_on,
        ends_on=frame.ends_on,
        languages=list(frame.languages),
        cost_bearer=frame.cost_bearer,
        texts={},
        drafted_by_id=actor.person_id,
        drafted_at=clock.now(),
    )
    for kind in (PartyKind.COMPANY, PartyKind.SECRETARIAT):
        agreement.parties.append(Party(id=new_id(), key=kind.value, kind=kind, position=0))
    db.session.add(agreement)
    db.session.flush()
    return agreement


def new_reference() -> str:
    """Draw a reference that can be read out and tells nothing of how many others there are: AGR-2026-7KM3QX."""
    letters = "".join(secrets.choice(REFERENCE_LETTERS) for _position in range(6))
    return f"AGR-{clock.today().year}-{letters}"


def put_frame(agreement: Agreement, frame: Frame) -> None:
    """Write a checked frame into the working text: company first, governments as named, Secretariat last."""
    agreement.area, agreement.sdg_targets = frame.area, list(frame.sdg_targets)
    agreement.starts_on, agreement.ends_on = frame.starts_on, frame.ends_on
    agreement.languages, agreement.cost_bearer = list(frame.languages), frame.cost_bearer
    order = [PartyKind.COMPANY.value, *frame.governments, PartyKind.SECRETARIAT.value]
    for code in frame.governments:
        if find_party(agreement, code) is None:
            agreement.parties.append(Party(id=new_id(), key=code, kind=PartyKind.GOVERNMENT, country=code))
    for party in agreement.parties:
        party.position = order.index(party.key) + 1 if party.key in order else None
    for contribution in list(agreement.contributions):
        if contribution.party.position is None:
            agreement.contributions.remove(contribution)
    db.session.flush()
    db.session.expire(agreement, ["parties"])


def open_for_declarations(agreement: Agreement) -> None:
    """Let interests be declared; the company's seat and every government that is a party are in conflict by rule."""
    certificate = agreement.certificate
    with in_language("en"):
        names = {"reference": agreement.reference, "company": certificate.holder_name}
        title = str(_("Partnership agreement %(reference)s with %(company)s", **names))
    interests.open_subject(
        agreement.case_key,
        title=title,
        link=f"/agreements/{agreement.id}",
        organisations=[certificate.holder_name],
        countries=[certificate.country, *agreement.governments],
    )


# -- changing the working text ----------------------------------------------------------------------------------------


def save_frame(agreement: Agreement, *, frame: Frame, revision: int | None = None, actor: Actor) -> None:
    """Change what the working text is about; versions before the parties stay as they are."""
    require(actor, "agreement.edit", agreement)
    hold_to_edit(agreement, revision)
    check_frame(frame, agreement.certificate)
    put_frame(agreement, frame)
    open_for_declarations(agreement)
    audit.record("agreement.edit", actor=actor, case_key=agreement.case_key, part="frame")


def write_texts(
    agreement: Agreement, *, texts: Mapping[str, Mapping[str, str]], revision: int | None = None, actor: Actor
) -> None:
    """Write the prose of one or more languages: {language: {title, purpose, added_value, particular}}."""
    require(actor, "agreement.edit", agreement)
    hold_to_edit(agreement, revision)
    written = dict(agreement.texts)
    for language, parts in texts.items():
        if language not in agreement.languages or not parts.keys() <= set(TEXT_PARTS):
            raise Invalid(_("This agreement is not written in this language."))
        check_length(parts.values())
        written[language] = written.get(language, {}) | dict(parts)
    agreement.texts = written
    audit.record("agreement.edit", actor=actor, case_key=agreement.case_key, part="texts", languages=sorted(texts))


def add_contribution(
    agreement: Agreement, *, party: str, kind: ContributionKind, texts: Mapping[str, str], actor: Actor
) -> Contribution:
    """Say what one party brings, in each language of the agreement; `party` is company, secretariat or a country."""
    require(actor, "agreement.edit", agreement)
    hold_to_edit(agreement, None)
    found = find_party(agreement, party)
    if found is None or found.position is None:
        sentence = _("Choose a party of this agreement.")
        raise Invalid(sentence, fields={"party": sentence})
    check_every_language(agreement, texts)
    contribution = Contribution(id=new_id(), agreement=agreement, party=found, kind=kind, texts=dict(texts))
    db.session.add(contribution)
    db.session.flush()
    audit.record("agreement.edit", actor=actor, case_key=agreement.case_key, part="contribution", party=party)
    return contribution


def check_every_language(agreement: Agreement, texts: Mapping[str, str]) -> None:
    """Refuse a contribution that is not said in every language of the agreement, and in no other."""
    missing = [language for language in agreement.languages if not texts.get(language, "").strip()]
    if missing:
        fields = {f"text_{language}": _("Please fill in this field.") for language in missing}
        raise Invalid(_("Say in every language of the agreement what is brought."), fields=fields)
    if not texts.keys() <= set(agreement.languages):
        raise Invalid(_("This agreement is not written in this language."))
    check_length(texts.values())


def check_length(texts: Iterable[str]) -> None:
    """Refuse prose that is longer than a document bears."""
    if any(len(text) > LONGEST_TEXT for text in texts):
        raise Invalid(_("Please use at most %(max)d characters.", max=LONGEST_TEXT))


def remove_contribution(contribution: Contribution, *, actor: Actor) -> None:
    """Take a contribution out of the working text."""
    agreement = contribution.agreement
    require(actor, "agreement.edit", agreement)
    hold_to_edit(agreement, None)
    if contribution not in agreement.contributions:
        raise NotFound(_("This page does not exist, or it is not open to you."))
    agreement.contributions.remove(contribution)
    audit.record("agreement.edit", actor=actor, case_key=agreement.case_key, part="contribution removed")
