"""How consultations read to people."""

from __future__ import annotations

from typing import Any

from certify.consultations.rules import ConsultationStatus, ReplyKind
from certify.kernel.i18n import _l

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
