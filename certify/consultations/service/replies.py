"""What a party replies, what the company answers to an objection, and how an objection is lifted."""

from __future__ import annotations

from certify.consultations.models import Consultation
from certify.consultations.rules import (
    ConsultationAnswered,
    ConsultationStatus,
    ObjectionAnswered,
    ObjectionLifted,
    ReplyKind,
    is_over,
    needs_reasons,
)
from certify.consultations.service import letters
from certify.interests.policy import is_barred
from certify.kernel import audit, clock
from certify.kernel.db import lock
from certify.kernel.errors import Invalid, RuleBroken
from certify.kernel.events import publish
from certify.kernel.i18n import _
from certify.kernel.policy import Actor, require


def reply(consultation: Consultation, *, kind: ReplyKind, text: str = "", actor: Actor) -> None:
    """Reply for the party, once and by the date; a comment and an objection give reasons.

    Raises RuleBroken after the date or for a second reply, and for who has a conflict of interest in the case.
    """
    require(actor, "consultation.reply", consultation)
    lock(consultation)
    check_takes_reply(consultation, actor)
    if needs_reasons(kind) and not text.strip():
        sentence = _("Give your reasons in a few sentences.")
        raise Invalid(sentence, fields={"text": sentence})
    consultation.status, consultation.reply, consultation.text = ConsultationStatus.ANSWERED, kind, text
    consultation.replied_at, consultation.replied_by_id = clock.now(), actor.person_id
    key, party = consultation.subject_key, consultation.party
    audit.record("consultation.reply", actor=actor, case_key=key, party=party, kind=kind.value)
    publish(ConsultationAnswered(consultation.id, key, party, kind), case_key=key, actor=actor)
    if kind is ReplyKind.OBJECTION:
        letters.tell_company(consultation)


def check_takes_reply(consultation: Consultation, actor: Actor) -> None:
    """Refuse a second reply, a late one, and one of a person in conflict."""
    if is_barred(actor, consultation.subject_key):
        raise RuleBroken(_("You declared an interest in this case. A colleague without one may reply."))
    if consultation.status is ConsultationStatus.ANSWERED:
        raise RuleBroken(_("A reply was recorded already. Write to the Secretariat to add to it."))
    if not consultation.is_open or is_over(consultation.due_on, on=clock.today()):
        raise RuleBroken(_("The time to reply is over. Write to the Secretariat if you need to be heard."))


def answer_objection(consultation: Consultation, *, text: str, actor: Actor) -> None:
    """Answer an objection for the company, once; the answer goes to the government, the officers and the Board."""
    require(actor, "objection.answer", consultation)
    lock(consultation)
    if consultation.answered_at is not None:
        raise RuleBroken(_("The company has answered this objection already."))
    if not text.strip():
        sentence = _("Write your answer to the objection.")
        raise Invalid(sentence, fields={"text": sentence})
    consultation.answer, consultation.answered_at = text, clock.now()
    consultation.answered_by_id = actor.person_id
    key, party = consultation.subject_key, consultation.party
    audit.record("objection.answer", actor=actor, case_key=key, party=party)
    publish(ObjectionAnswered(consultation.id, key, party), case_key=key, actor=actor)
    letters.pass_on_answer(consultation)


def lift_objection(consultation: Consultation, *, reason: str, actor: Actor) -> None:
    """Take an objection back for the government; the objection stays on record."""
    require(actor, "objection.lift", consultation)
    lock(consultation)
    if not consultation.stands_as_objection:
        raise RuleBroken(_("There is no objection to lift."))
    if is_barred(actor, consultation.subject_key):
        raise RuleBroken(_("You declared an interest in this case. A colleague without one may reply."))
    consultation.lifted_at, consultation.lifted_reason = clock.now(), reason
    key, party = consultation.subject_key, consultation.party
    audit.record("objection.lift", actor=actor, case_key=key, party=party)
    publish(ObjectionLifted(consultation.id, key, party), case_key=key, actor=actor)
