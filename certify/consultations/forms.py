"""A party's reply, more time, and the company's answer to an objection."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, DateField, RadioField

from certify.consultations.words import REPLIES
from certify.kernel.fields import Form, InputNeeded, ParagraphField
from certify.kernel.i18n import _l


class DayField(DateField):
    """A date as the browser sends it, year first."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the date, or say in the reader's language that it is none."""
        try:
            super().process_formdata(valuelist)
        except ValueError as fault:
            raise ValueError(_l("Enter a date, as year, month and day.")) from fault


class ReplyForm(Form):
    """What the party says about the case, on one page."""

    kind = RadioField(
        _l("What does your government say?"),
        [InputNeeded(_l("Choose a reply."))],
        choices=lambda: {one.value: str(text) for one, text in REPLIES.items()},
    )
    text = ParagraphField(_l("Your reasons or comment"), limit=5_000)


class DeclaringReplyForm(ReplyForm):
    """The reply of a person who has not declared on the case yet."""

    no_interest = BooleanField(
        _l("I have no interest in this company, and nobody close to me has one."),
        [InputNeeded(_l("Say that you have no interest in this company, or declare the interest you have."))],
    )


class ExtendForm(Form):
    """More time for a party."""

    until = DayField(_l("New date"), [InputNeeded()])
    reason = ParagraphField(_l("Reason"), [InputNeeded()], limit=1_000)


class AnswerForm(Form):
    """The company's answer to an objection."""

    text = ParagraphField(_l("Your answer"), [InputNeeded(_l("Write your answer to the objection."))], limit=5_000)


class LiftForm(Form):
    """Why a government takes its objection back."""

    reason = ParagraphField(_l("Why is the objection lifted?"), limit=2_000)
