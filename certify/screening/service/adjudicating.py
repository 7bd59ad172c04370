"""Adjudication: an officer decides on each hit with a reason, a second one where much hangs on it."""

from __future__ import annotations

from certify.kernel import audit, clock
from certify.kernel.db import db, lock, new_id
from certify.kernel.errors import Invalid, RuleBroken
from certify.kernel.events import publish
from certify.kernel.i18n import _
from certify.kernel.policy import Actor, require
from certify.screening.models import Adjudication, HitRecord
from certify.screening.queries import UNDECIDED, list_hits
from certify.screening.rules import HitStatus
from certify.screening.rules.verdicts import (
    FITTING,
    HitsSettled,
    ReasonCode,
    TrueMatchFound,
    needs_second_officer,
    needs_words,
)

VERDICTS = (HitStatus.TRUE_MATCH, HitStatus.FALSE_POSITIVE, HitStatus.UNDETERMINED)


def adjudicate(hit: HitRecord, *, verdict: HitStatus, reason_code: ReasonCode, text: str, actor: Actor) -> Adjudication:
    """Decide on a hit, or propose the verdict where a second officer must agree."""
    require(actor, "hit.adjudicate", hit)
    lock(hit)
    if verdict not in VERDICTS:
        raise RuleBroken(_("A verdict is true match, false positive or undetermined."))
    if again := repeated(hit, verdict=verdict, reason_code=reason_code, text=text, actor=actor):
        return again
    check_standing(hit, actor)
    check_reason(verdict, reason_code=reason_code, text=text, score=hit.score_bp / 10_000)
    made = Adjudication(
        id=new_id(), hit=hit, verdict=verdict, reason_code=reason_code, text=text, officer_id=actor.person_id,
        at=clock.now(), needs_second=needs_second_officer(verdict, score=hit.score_bp / 10_000),
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    audit.record("hit.adjudicate", actor=actor, case_key=hit.case_key, hit=hit.id, verdict=verdict.value)
    if not made.needs_second:
        settle(made, actor)
    return made


def repeated(
    hit: HitRecord, *, verdict: HitStatus, reason_code: ReasonCode, text: str, actor: Actor
) -> Adjudication | None:
    """Return the verdict that is being sent a second time, as by a double press or the back button."""
    last = hit.adjudications[-1] if hit.adjudications else None
    sent = (verdict, reason_code, text, actor.person_id)
    if last and last.rejected_at is None and sent == (last.verdict, last.reason_code, last.text, last.officer_id):
        return last
    return None


def check_standing(hit: HitRecord, actor: Actor) -> None:
    """Refuse a verdict on a hit that was decided, or whose verdict waits for a second officer."""
    if hit.status not in UNDECIDED:
        raise RuleBroken(_("This hit was decided already."))
    if hit.proposed is not None:
        raise RuleBroken(_("A verdict on this hit waits for a second officer already."))
    if actor.person_id is None:
        raise RuleBroken(_("Only a person decides on a hit."))


def check_reason(verdict: HitStatus, *, reason_code: ReasonCode, text: str, score: float) -> None:
    """Refuse a reason that does not stand for the verdict, and silence where a colleague has to follow the thought."""
    if reason_code not in FITTING[verdict]:
        sentence = _("This reason does not go with this verdict. Choose another one.")
        raise Invalid(sentence, fields={"reason_code": sentence})
    if needs_words(verdict, score=score) and not text.strip():
        sentence = _("Say in a sentence why you decide like this: a colleague has to follow it.")
        raise Invalid(sentence, fields={"text": sentence})


def confirm_verdict(hit: HitRecord, *, actor: Actor, text: str = "") -> None:
    """Agree with a proposed verdict as the second officer."""
    made = waiting_verdict(hit, actor)
    made.second_id, made.second_at, made.second_text = actor.person_id, clock.now(), text
    audit.record("hit.confirm", actor=actor, case_key=hit.case_key, hit=hit.id, verdict=made.verdict.value)
    settle(made, actor)


def reject_verdict(hit: HitRecord, *, actor: Actor, text: str = "") -> None:
    """Disagree with a proposed verdict; the hit is open again and both officers' views stay on record."""
    made = waiting_verdict(hit, actor)
    made.second_id, made.rejected_at, made.second_text = actor.person_id, clock.now(), text
    audit.record("hit.reject", actor=actor, case_key=hit.case_key, hit=hit.id, verdict=made.verdict.value)


def waiting_verdict(hit: HitRecord, actor: Actor) -> Adjudication:
    """Return the proposed verdict, refusing its proposer."""
    require(actor, "hit.confirm", hit)
    lock(hit)
    made = hit.proposed
    if made is None:
        raise RuleBroken(_("No verdict on this hit waits for a second officer."))
    if made.officer_id == actor.person_id:
        raise RuleBroken(_("Another officer has to agree: not the one who proposed the verdict."))
    return made


def settle(made: Adjudication, actor: Actor) -> None:
    """Carry a verdict out, and say so where something follows from it."""
    hit = made.hit
    hit.status, hit.decided_at = made.verdict, clock.now()
    db.session.flush()
    if made.verdict is HitStatus.TRUE_MATCH:
        publish(
            TrueMatchFound(hit.organisation_id, hit.id, hit.sanctions_list.effect), case_key=hit.case_key, actor=actor
        )
    if all(other.status not in UNDECIDED for other in list_hits(organisation_id=hit.organisation_id)):
        publish(HitsSettled(hit.organisation_id), case_key=hit.case_key, actor=actor)
