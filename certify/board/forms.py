"""Forms of members and of the chair."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from wtforms import DateField, DateTimeLocalField, RadioField, SelectField

from certify.board.rules import END_OF_DAY
from certify.board.words import CAPACITIES, MODES, OFFICES
from certify.kernel.fields import Form, InputNeeded, LineField, ParagraphField, optional
from certify.kernel.i18n import _l


class DayField(DateField):
    """A date as the browser sends it, year first."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the date, or say in the reader's language that it is none."""
        try:
            super().process_formdata(valuelist)
        except ValueError as fault:
            raise ValueError(_l("Enter a date, as year, month and day.")) from fault


class MomentField(DateTimeLocalField):
    """A moment as the browser sends it; read as UTC."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the moment, or say in the reader's language that it is none."""
        try:
            super().process_formdata(valuelist)
        except ValueError as fault:
            raise ValueError(_l("Enter a date and a time.")) from fault

    @property
    def utc(self) -> datetime:
        """The moment of a form that is valid, with its zone."""
        if self.data is None:
            raise ValueError("The form was not checked.")
        return self.data.replace(tzinfo=UTC)


def end_of(day: date | None) -> datetime:
    """Return the last minute of a day, UTC."""
    if day is None:
        raise ValueError("The form was not checked.")
    return datetime.combine(day, END_OF_DAY)


class VoteForm(Form):
    """The confirmation of a vote, with a reason where one is given."""

    reason = ParagraphField(_l("Reason"), limit=2_000)


class OpenBallotForm(Form):
    """How a ballot is held."""

    mode = RadioField(
        _l("How is it held?"),
        [InputNeeded(_l("Choose how the ballot is held."))],
        choices=lambda: {one.value: str(text) for one, text in MODES.items()},
    )
    closes_at = DayField(_l("Last day of the electronic consultation"), [InputNeeded()])


class ExtendForm(Form):
    """More time for an electronic consultation."""

    until = DayField(_l("New last day"), [InputNeeded()])
    reason = ParagraphField(_l("Reason"), [InputNeeded()], limit=1_000)


class WithdrawMotionForm(Form):
    """Taking a motion back before a decision."""

    reason = ParagraphField(_l("Reason"), [InputNeeded()], limit=1_000)


class CloseForm(Form):
    """The confirmation that a ballot or session is closed."""


class SessionForm(Form):
    """A session that is convened ahead."""

    body = SelectField(_l("Body"), [InputNeeded()])
    title = LineField(_l("Title"), [InputNeeded()])
    starts_at = MomentField(_l("Begins at (UTC)"), [InputNeeded()])
    place = LineField(_l("Place"))
    lead_questions = ParagraphField(_l("Lead questions"), limit=2_000)


class ExtraordinarySessionForm(Form):
    """A session that opens at once."""

    body = SelectField(_l("Body"), [InputNeeded()])
    title = LineField(_l("Title"), [InputNeeded()])
    place = LineField(_l("Place"))


class SeatForm(Form):
    """The election of a state, or the naming of an independent person's seat, for a term."""

    state = SelectField(_l("Member state"))
    name = LineField(_l("Name of the seat"), limit=120)
    since = DayField(_l("First day of the term"), [InputNeeded()])
    until = DayField(_l("Last day of the term"), [optional])


class HolderForm(Form):
    """Who holds a seat."""

    email = LineField(_l("E-mail address of the person’s account"), [InputNeeded()])
    capacity = RadioField(
        _l("As what"),
        [InputNeeded()],
        choices=lambda: {one.value: str(text) for one, text in CAPACITIES.items()},
    )


class OfficeForm(Form):
    """Which seat holds an office."""

    office = RadioField(
        _l("Office"),
        [InputNeeded()],
        choices=lambda: {one.value: str(text) for one, text in OFFICES.items()},
    )
    seat = SelectField(_l("Seat"), [InputNeeded()])
