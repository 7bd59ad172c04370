"""Forms about certificates: terms, measures and their reasons."""

from __future__ import annotations

from wtforms import BooleanField, RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from certify.certificates.rules import Ground
from certify.certificates.words import GROUNDS
from certify.kernel.fields import Form, InputNeeded, ParagraphField
from certify.kernel.i18n import _l


class TermsForm(Form):
    """The legal representative accepts the terms of use."""

    accepted = BooleanField(
        _l("I accept these terms for the company, as its legal representative"),
        [InputNeeded(_l("The certificate can be issued only once the terms are accepted."))],
    )


class MeasureForm(Form):
    """A suspension or withdrawal with its ground and its public reason."""

    ground = RadioField(
        _l("Ground"),
        [InputNeeded(_l("Choose a ground."))],
        choices=[SelectChoice(ground.value, words) for ground, words in GROUNDS.items()],
        coerce=lambda value: Ground(value) if value else None,
    )
    public_reason = ParagraphField(
        _l("Reason, as it will be published"),
        [InputNeeded(_l("Write the reason in one or two sentences."))],
        limit=1_000,
    )


class ReasonForm(Form):
    """A reason alone."""

    public_reason = ParagraphField(_l("Reason, as it will be published"), [InputNeeded()], limit=1_000)


class AnswerForm(Form):
    """The company's answer to a proposed withdrawal."""

    text = ParagraphField(_l("Your answer to the Board"), [InputNeeded(_l("Write what the Board should know."))])


class DecisionForm(Form):
    """A decision that needs no words."""
