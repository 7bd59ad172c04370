"""How parties are asked for a reply by a date, and how a question ends without one."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from certify.consultations import queries
from certify.consultations.models import Consultation
from certify.consultations.rules import (
    REMINDER_WORKING_DAYS,
    REPLY_WORKING_DAYS,
    ConsultationAsked,
    ConsultationSilent,
    ConsultationStatus,
    strange_parts,
)
from certify.consultations.service import letters
from certify.kernel import audit, clock
from certify.kernel.db import db, lock, new_id
from certify.kernel.errors import Invalid, RuleBroken
from certify.kernel.events import publish
from certify.kernel.i18n import _
from certify.kernel.policy import Actor, require


def ask(
    subject_key: str,
    *,
    countries: Iterable[str] = (),
    entities: Iterable[str] = (),
    title: str,
    brief: Mapping[str, Any],
    respondent_id: uuid.UUID | None = None,
    actor: Actor,
) -> list[Consultation]:
    """Ask the focal point of each country concerned, and each associated entity named, for a reply by a date.

    `brief` holds name, countries, sector and proposed_cooperation and nothing else. A party that was asked the same is
    not asked twice; where the brief changed it is asked again, and the earlier question stays. `respondent_id` is the
    organisation that may answer an objection. Raises ValueError for a brief that tells too much.
    """
    require(actor, "consultation.ask")
    if strange := strange_parts(brief):
        raise ValueError(f"A brief does not hold {', '.join(strange)}.")
    parties = [(code, None) for code in dict.fromkeys(countries)] + [(None, name) for name in dict.fromkeys(entities)]
    asked = [
        ask_party(subject_key, country=country, entity=entity, title=title, brief=brief, respondent_id=respondent_id)
        for country, entity in parties
        if is_news(subject_key, country or entity or "", brief)
    ]
    for consultation in asked:
        note_asked(consultation, actor=actor)
    return asked


def is_news(subject_key: str, party: str, brief: Mapping[str, Any]) -> bool:
    """Whether a party was never asked this: never at all, or about something that changed since."""
    earlier = queries.find_latest(subject_key, party)
    return earlier is None or earlier.brief != dict(brief) or earlier.status is ConsultationStatus.NOT_CONSULTED


def ask_party(
    subject_key: str,
    *,
    country: str | None,
    entity: str | None,
    title: str,
    brief: Mapping[str, Any],
    respondent_id: uuid.UUID | None,
) -> Consultation:
    """Write the question to one party down; an open earlier one ends with it."""
    party = country or entity or ""
    earlier = queries.find_latest(subject_key, party)
    if earlier is not None and earlier.is_open:
        end(earlier, ConsultationStatus.WITHDRAWN)
    consultation = Consultation(
        id=new_id(),
        subject_key=subject_key,
        party=party,
        country=country,
        entity=entity,
        round=earlier.round + 1 if earlier else 1,
        title=title,
        brief=dict(brief),
        respondent_id=respondent_id,
        asked_at=clock.now(),
        due_on=clock.add_working_days(clock.today(), REPLY_WORKING_DAYS),
        status=ConsultationStatus.OPEN,
    )
    if not letters.people_of_party(consultation):
        end(consultation, ConsultationStatus.NOT_CONSULTED)
    db.session.add(consultation)
    db.session.flush()
    return consultation


def note_asked(consultation: Consultation, *, actor: Actor) -> None:
    """Record the question and send it."""
    key, party = consultation.subject_key, consultation.party
    audit.record("consultation.ask", actor=actor, case_key=key, party=party, status=consultation.status.value)
    publish(ConsultationAsked(consultation.id, key, party), case_key=key, actor=actor)
    if consultation.is_open:
        letters.ask_party(consultation)


def end(consultation: Consultation, status: ConsultationStatus) -> None:
    """Close a consultation without a reply."""
    consultation.status, consultation.ended_at = status, clock.now()


def extend(consultation: Consultation, *, until: date, reason: str, actor: Actor) -> None:
    """Give a party more time, as an officer and with a reason."""
    require(actor, "consultation.extend", consultation)
    lock(consultation)
    if not consultation.is_open:
        raise RuleBroken(_("This consultation has ended."))
    fields = {}
    if until <= consultation.due_on:
        fields["until"] = _("Choose a date after the present one.")
    if not reason.strip():
        fields["reason"] = _("Give the reason for the extension.")
    if fields:
        raise Invalid(_("An extension needs a later date and a reason."), fields=fields)
    step = {"from": str(consultation.due_on), "until": str(until), "reason": reason, "by": actor.name}
    consultation.extensions, consultation.due_on = [*consultation.extensions, step], until
    audit.record("consultation.extend", actor=actor, case_key=consultation.subject_key, until=until, reason=reason)


def withdraw_all(subject_key: str, *, actor: Actor) -> int:
    """End what is still open about a case that ended; return how many."""
    require(actor, "consultation.withdraw")
    waiting = queries.unresolved(subject_key)
    for consultation in waiting:
        end(lock(consultation), ConsultationStatus.WITHDRAWN)
        audit.record("consultation.withdraw", actor=actor, case_key=subject_key, party=consultation.party)
    return len(waiting)


# -- silence --------------------------------------------------------------------------------------------------------


def note_silence() -> int:
    """Record as silence what was not replied to by its date, once; return how many. The cases go on."""
    query = sa.select(Consultation).where(
        Consultation.status == ConsultationStatus.OPEN, Consultation.due_on < clock.today()
    )
    silent = db.session.scalars(query.order_by(Consultation.due_on, Consultation.id)).all()
    for consultation in silent:
        record_silence(lock(consultation), actor=Actor.system("the time to reply is over"))
    return len(silent)


def record_silence(consultation: Consultation, *, actor: Actor) -> None:
    """Record that a party did not reply by its date."""
    if not consultation.is_open:
        return
    end(consultation, ConsultationStatus.SILENT)
    key, party = consultation.subject_key, consultation.party
    audit.record("consultation.silence", actor=actor, case_key=key, party=party)
    event = ConsultationSilent(consultation.id, key, party)
    publish(event, case_key=key, actor=actor, once=f"silent:{consultation.id}")


def remind() -> int:
    """Remind the parties that have not replied, a few working days before their date; return how many."""
    date_reached = clock.add_working_days(clock.today(), REMINDER_WORKING_DAYS)
    query = sa.select(Consultation).where(
        Consultation.status == ConsultationStatus.OPEN, Consultation.due_on == date_reached
    )
    waiting = db.session.scalars(query).all()
    for consultation in waiting:
        letters.remind_party(consultation)
    return len(waiting)
