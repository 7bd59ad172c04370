"""The forms in which a company applies; they keep whatever was typed, the services decide."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_wtf.file import FileField
from wtforms import BooleanField, DateField, HiddenField, RadioField, SelectMultipleField
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from certify.applications.measures import Measure, number_fault
from certify.applications.rules import Declared, Given
from certify.applications.words import YES_NO, number_sentence
from certify.criteria.rules import Criterion, Exclusion, Framework, YesNo
from certify.criteria.words import level_words
from certify.kernel.fields import Form, InputNeeded, LineField, ParagraphField, optional
from certify.kernel.i18n import _, _l, current_language

COOPERATION_LIMIT = 2_000
LARGEST_REVISION = 9
"""Digits of a revision; a longer one is no revision of ours."""


class DayField(DateField):
    """A date as the browser sends it, year first."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read year-month-day; anything else is named in the reader's language."""
        self.data = None
        typed = str(valuelist[0]).strip() if valuelist else ""
        if typed:
            try:
                self.data = date.fromisoformat(typed)
            except ValueError:
                raise ValueError(_("Please choose a date, such as 2026-01-31.")) from None


class SentenceField(RadioField):
    """One of several sentences, or none yet."""

    def pre_validate(self, form: Any) -> None:
        """Refuse what is none of the sentences; nothing chosen is checked where an answer is needed."""
        if self.raw_data and self.data not in {choice[0] for choice in self.choices or ()}:
            raise ValidationError(_("Please choose one of the sentences."))


class TicksField(SelectMultipleField):
    """Any number of boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def pre_validate(self, form: Any) -> None:
        """Refuse what is no box of this page."""
        if set(self.data or []) - {choice[0] for choice in self.choices or ()}:
            raise ValidationError(_("Please choose among the boxes."))


def revision_of(field: Any) -> int:
    """Read the revision that the writer started from; nothing readable is nought, which conflicts with any."""
    typed = str(field.data or "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= LARGEST_REVISION else 0


# -- beginning --------------------------------------------------------------------------------------------------------


class CooperationForm(Form):
    """What the company proposes to do together."""

    revision = HiddenField()
    text = ParagraphField(_l("Proposed cooperation"), [InputNeeded()], limit=COOPERATION_LIMIT)


class EmptyForm(Form):
    """A form of one button."""


# -- declarations -----------------------------------------------------------------------------------------------------


def declarations_form(framework: Framework, exclusions: list[Exclusion], **stored: Any) -> Form:
    """Return a form with yes, no and an explanation for each exclusion that is declared on."""
    language = current_language()
    fields: dict[str, Any] = {"revision": HiddenField()}
    for exclusion in exclusions:
        fields[exclusion.id] = SentenceField(framework.text(language, f"{exclusion.id}.statement"))
        fields[f"{exclusion.id}-text"] = ParagraphField(_l("If yes, please explain"), [optional], limit=2_000)
    form: Form = type("DeclarationsForm", (Form,), fields)(**stored)
    for exclusion in exclusions:
        form[exclusion.id].choices = [(value.value, str(YES_NO[value])) for value in YES_NO]
    return form


def declared_in(form: Form, exclusions: list[Exclusion]) -> dict[str, Declared]:
    """Read what was declared; what was left open is left out."""
    return {
        exclusion.id: Declared(YesNo(form[exclusion.id].data), form[f"{exclusion.id}-text"].data or "")
        for exclusion in exclusions
        if form[exclusion.id].data
    }


def stored_declarations(declared: dict[str, Declared]) -> dict[str, str]:
    """Write stored declarations as the form's values."""
    answers = {exclusion: said.answer.value for exclusion, said in declared.items()}
    return answers | {f"{exclusion}-text": said.text for exclusion, said in declared.items()}


# -- one question -----------------------------------------------------------------------------------------------------


class QuestionForm(Form):
    """The answer to one criterion, and a file beside it; both may be sent together."""

    revision = HiddenField()
    level = SentenceField(_l("Your answer"))
    number = LineField(
        _l("Your answer"), [optional], limit=60, render_kw={"inputmode": "decimal", "autocomplete": "off"}
    )
    not_applicable = BooleanField(_l("This does not apply to us, and we ask for it not to be counted."))
    reason = ParagraphField(_l("Why it does not apply"), [optional], limit=2_000)
    note = ParagraphField(_l("Explanation for the assessor"), [optional], limit=4_000, render_kw={"rows": 4})
    file = FileField(_l("File"))
    document_date = DayField(_l("Date of the document"))
    expires_on = DayField(_l("Expires on"), [optional])
    attested_by = LineField(_l("Attested by"), [optional])

    criterion: Criterion
    measure: Measure | None = None

    def validate_number(self, field: Any) -> None:
        """Refuse a number that is not one, with a sentence that says what to write."""
        fault = number_fault(field.data, self.measure) if field.data else None
        if fault is not None:
            raise ValidationError(number_sentence(fault, field.data, self.measure))

    def validate_document_date(self, field: Any) -> None:
        """Ask for the date where a file comes with it."""
        if self.has_file and field.data is None and not field.errors:
            raise ValidationError(_("Please give the date that the document bears."))

    @property
    def has_file(self) -> bool:
        """Whether a file was chosen."""
        return bool(getattr(self.file.data, "filename", ""))

    @property
    def given(self) -> Given:
        """The answer as typed; whoever says that it does not apply gives no other answer."""
        if "not_applicable" in self and self.not_applicable.data:
            return Given(not_applicable=True, reason=self.reason.data or "", note=self.note.data or "")
        level = self.level.data if "level" in self else None
        number = self.number.data if "number" in self else None
        return Given(level=int(level) if level else None, number=number or None, note=self.note.data or "")


def question_form(
    framework: Framework, criterion: Criterion, *, measure: Measure | None, **stored: Any
) -> QuestionForm:
    """Return the form that fits a criterion's rubric."""
    form = QuestionForm(**stored)
    form.criterion, form.measure = criterion, measure
    if criterion.goalposts is None:
        form.level.choices = [(str(level), level_words(framework, criterion.id, level)) for level in criterion.levels]
        del form.number
    else:
        del form.level
    if not criterion.not_applicable_on_request:
        del form.not_applicable, form.reason
    return form


def stored_answer(given: Given) -> dict[str, Any]:
    """Write a stored answer as the form's values."""
    return {
        "level": None if given.level is None else str(given.level),
        "number": given.number,
        "not_applicable": given.not_applicable,
        "reason": given.reason,
        "note": given.note,
    }


# -- sign-off, clarification, withdrawal ------------------------------------------------------------------------------


class SignOffForm(Form):
    """The declaration of the legal representative."""

    number = HiddenField()
    """Number of the snapshot that this sign-off makes, so that sending it twice makes one."""
    read = HiddenField()
    """Digest of what the page shows, so that nothing is signed that was not read."""
    true = BooleanField(
        _l("I have read the answers. They are true and complete, and the evidence is genuine."),
        [InputNeeded(_l("Please confirm that the answers are true and complete."))],
    )
    entitled = BooleanField(
        _l("I may sign for the company, and I agree that its owners and directors are screened."),
        [InputNeeded(_l("Please confirm that you may sign for the company."))],
    )


class ClarificationForm(Form):
    """What the assessor asks again, of which questions, until when."""

    criteria = TicksField(_l("Questions to reopen"))
    text = ParagraphField(_l("What is to be clarified"), [InputNeeded()], limit=3_000)
    until = DayField(_l("Answer by"), [InputNeeded()])


class WithdrawForm(Form):
    """Why the company takes its application back."""

    reason = ParagraphField(_l("Reason, in your own words"), [optional], limit=2_000)
