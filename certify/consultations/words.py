"""How consultations read to people."""

from __future__ import annotations

from typing import Any

from certify.consultations.models import Consultation
from certify.consultations.rules import ConsultationStatus, ReplyKind
from certify.kernel.i18n import _l
from certify.organisations.words import country_name

STATUSES: dict[ConsultationStatus, Any] = {
    ConsultationStatus.OPEN: _l("Awaiting a reply"),
    ConsultationStatus.ANSWERED: _l("Answered"),
    ConsultationStatus.SILENT: _l("No reply by the date"),
    ConsultationStatus.NOT_CONSULTED: _l("Not consulted: no focal point"),
    ConsultationStatus.WITHDRAWN: _l("Ended before a reply"),
}
STATUS_TONES: dict[ConsultationStatus, str] = {
    ConsultationStatus.OPEN: "info",
    ConsultationStatus.ANSWERED: "active",
    ConsultationStatus.SILENT: "neutral",
    ConsultationStatus.NOT_CONSULTED: "attention",
    ConsultationStatus.WITHDRAWN: "neutral",
}
REPLIES: dict[ReplyKind, Any] = {
    ReplyKind.NO_OBJECTION: _l("No objection"),
    ReplyKind.COMMENT: _l("Comment"),
    ReplyKind.OBJECTION: _l("Objection with reasons"),
}
REPLY_MEANINGS: dict[ReplyKind, Any] = {
    ReplyKind.NO_OBJECTION: _l("Your government has nothing against this company. You need not give reasons."),
    ReplyKind.COMMENT: _l("The officers and the Board read what you write; the case goes on as usual."),
    ReplyKind.OBJECTION: _l(
        "The company may answer. The case is then decided only in session, by two thirds of the votes cast. "
        "An objection is heard and weighed; it is not a veto."
    ),
}
REPLY_TONES: dict[ReplyKind, str] = {
    ReplyKind.NO_OBJECTION: "active",
    ReplyKind.COMMENT: "info",
    ReplyKind.OBJECTION: "refused",
}
TIMELINE: dict[str, Any] = {
    "ConsultationAsked": _l("A government or partner body concerned was asked for its view."),
    "ConsultationAnswered": _l("A government or partner body concerned replied."),
    "ConsultationSilent": _l("A government or partner body concerned did not reply by its date; the case goes on."),
    "ObjectionAnswered": _l("The company answered an objection."),
    "ObjectionLifted": _l("A government lifted its objection."),
}


def party_name(consultation: Consultation) -> str:
    """Return who is asked: the country in the reader's language, or the entity's name."""
    return country_name(consultation.country) if consultation.country else str(consultation.entity)


def standing(consultation: Consultation) -> tuple[str, Any, str]:
    """Return where a consultation stands, as a status tag shows it: value, words, tone."""
    if consultation.lifted_at is not None:
        return "lifted", _l("Objection lifted"), "neutral"
    if consultation.reply is not None:
        return consultation.reply.value, REPLIES[consultation.reply], REPLY_TONES[consultation.reply]
    return consultation.status.value, STATUSES[consultation.status], STATUS_TONES[consultation.status]
