"""The forms in which a case is taken, assessed, reviewed and recommended; what was typed always stays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms import DateField, FieldList, FormField, RadioField, SelectField, SelectMultipleField
from wtforms import Form as PlainForm
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from certify.assessment.queries import Bench, Row, Sheet
from certify.assessment.rules import Condition, FindingSource, Grant, Opinion, Recommended
from certify.assessment.service.recording import Found
from certify.assessment.words import FINDING_SOURCES, GRADES, RECOMMENDED
from certify.criteria.rules import LEVEL, Band, Criterion, Framework
from certify.kernel.fields import Form, InputNeeded, LineField, ParagraphField, optional
from certify.kernel.i18n import _, _l, current_language
from certify.organisations.words import SECTORS, SIZES

BY_HAND = (FindingSource.DECLARATION, FindingSource.REVIEW)
"""Sources that an officer names; a list hit opens its draft by itself."""
MOST_CONDITIONS = 6
"""Conditions that a recommendation can name."""


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


class ChoiceField(RadioField):
    """One of several sentences, or none yet."""

    def pre_validate(self, form: Any) -> None:
        """Refuse what is none of the sentences."""
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


class EmptyForm(Form):
    """A form of one button."""


class ReasonForm(Form):
    """A step that needs a reason."""

    reason = ParagraphField(_l("Reason"), [InputNeeded()], limit=2_000)


class GiveForm(Form):
    """To whom a case is given, and why."""

    person = SelectField(_l("Colleague"), [InputNeeded()])
    reason = ParagraphField(_l("Reason"), [InputNeeded()], limit=2_000)


class ProfileForm(Form):
    """The company's size and sectors as the assessor confirms them."""

    size = ChoiceField(_l("Size"), [InputNeeded()])
    sectors = TicksField(_l("Sectors"), [InputNeeded()])
    reason = ParagraphField(_l("Why this differs from what the company stated"), [optional], limit=2_000)


def profile_form(bench: Bench) -> ProfileForm:
    """Return the form with what is confirmed, else what the company stated."""
    form = ProfileForm(size=bench.profile.size, sectors=list(bench.profile.sectors))
    sizes = {size.value: words for size, words in SIZES.items()}
    form.size.choices = [(size, sizes.get(size, size)) for size in bench.framework.sizes]
    form.sectors.choices = [(sector, SECTORS.get(sector, sector)) for sector in bench.framework.sectors]
    return form


# -- one criterion ----------------------------------------------------------------------------------------------------


class OpinionForm(Form):
    """What somebody finds about one answer: the grade of its evidence, the level or number, and why."""

    grade = ChoiceField(
        _l("How good is the evidence?"),
        [InputNeeded(_l("Choose a grade from 0 to 4."))],
        choices=lambda: [(str(grade), name) for grade, (name, _meaning) in GRADES.items()],
    )
    level = ChoiceField(_l("Which level does the evidence bear out?"))
    number = LineField(_l("Which number does the evidence bear out?"), [optional], limit=40)
    reason = ParagraphField(_l("Reason"), [optional], limit=2_000, render_kw={"rows": 3})

    @property
    def found(self) -> Found:
        """What was typed, for the service."""
        level = self.level.data if "level" in self else None
        number = self.number.data if "number" in self else None
        return Found(
            grade=int(self.grade.data),
            level=int(level) if level else None,
            number=number or "",
            reason=self.reason.data or "",
        )


def opinion_form(bench: Bench, rule: Criterion, opinion: Opinion | None, number: str = "") -> OpinionForm:
    """Return the form that fits a criterion's rubric, with what was found before, else the answer."""
    answered = bench.answers[rule.id]
    level = opinion.value // LEVEL if opinion and rule.goalposts is None else answered.get("level")
    form = OpinionForm(
        grade=str(opinion.grade) if opinion else None,
        level=None if level is None else str(level),
        number=number or answered.get("number"),
    )
    if rule.goalposts is None:
        form.level.choices = level_choices(bench.framework, rule)
        del form.number
    else:
        del form.level
    return form


def level_choices(framework: Framework, rule: Criterion) -> list[tuple[str, str]]:
    """Return the rubric's levels as full sentences."""
    language = current_language()
    return [(str(level), f"{level}: {framework.text(language, f'{rule.id}.level.{level}')}") for level in rule.levels]


class RequestForm(Form):
    """The reviewer's ruling on a request to find a criterion not applicable."""

    ruling = ChoiceField(
        _l("Does this criterion apply to the company?"),
        [InputNeeded(_l("Decide whether it applies."))],
        choices=lambda: [
            (Grant.GRANTED.value, _l("It does not apply: grant the request, so that it is not counted")),
            (Grant.REFUSED.value, _l("It applies: refuse the request, so that it counts as not answered")),
        ],
    )
    reason = ParagraphField(_l("Reason"), [InputNeeded()], limit=2_000)


# -- recommendation ---------------------------------------------------------------------------------------------------


class ConditionForm(PlainForm):
    """One thing the company has to do after the decision."""

    text = LineField(_l("What the company has to do"), [optional], limit=500)
    owner = LineField(_l("Who in the company is responsible"), [optional])
    due_on = DayField(_l("Until"), [optional])


class RecommendationForm(Form):
    """What the Secretariat recommends to the Board."""

    recommended = ChoiceField(_l("What do you recommend?"), [InputNeeded(_l("Choose what you recommend."))])
    text = ParagraphField(_l("The recommendation in a few sentences"), [InputNeeded()], limit=2_000)
    reasons = ParagraphField(_l("Reasons"), [optional], limit=4_000)
    added_value = ParagraphField(_l("Added value"), [optional], limit=2_000)
    conditions = FieldList(FormField(ConditionForm), min_entries=1, max_entries=MOST_CONDITIONS)

    @property
    def plan(self) -> list[Condition]:
        """The conditions that were typed; rows left empty are left out."""
        rows = [entry.form for entry in self.conditions]
        typed = [row for row in rows if row.text.data or row.owner.data or row.due_on.data]
        return [Condition(row.text.data or "", row.owner.data or "", row.due_on.data) for row in typed]


def recommendation_form(permitted: Sequence[Recommended], stored: dict[str, Any] | None = None) -> RecommendationForm:
    """Return the form with the choices that the band permits, and rows for conditions."""
    form = RecommendationForm(data=stored or {})
    form.recommended.choices = [(one.value, RECOMMENDED[one][0]) for one in Recommended if one in permitted]
    while len(form.conditions) < (3 if Recommended.CERTIFY in permitted else 1):
        form.conditions.append_entry()
    return form


def stored_recommendation(recommendation: Any, sheet: Sheet) -> dict[str, Any]:
    """Write a stored recommendation as the form's values; a new one begins with what band and gaps suggest."""
    if recommendation is None:
        suggested = Recommended.REFUSE if sheet.band is Band.NOT_CERTIFIED else Recommended.CERTIFY
        cures = [cure(row) for row in sheet.missed] if sheet.band is Band.CONDITIONAL else []
        return {"recommended": suggested.value, "conditions": [{"text": text} for text in cures]}
    return {
        "recommended": recommendation.recommended.value,
        "text": recommendation.text,
        "reasons": recommendation.reasons,
        "added_value": recommendation.added_value,
        "conditions": [{"text": one.text, "owner": one.owner, "due_on": one.due_on} for one in recommendation.plan],
    }


def cure(row: Row) -> str:
    """Say what cures a missed required level."""
    return str(_("Reach level %(level)s of %(id)s, %(title)s.", level=row.required, id=row.id, title=row.title))


# -- exclusions -------------------------------------------------------------------------------------------------------


class FindingForm(Form):
    """An exclusion that an officer found: which one, where it stands, in which words."""

    exclusion = SelectField(_l("Exclusion"), [InputNeeded(_l("Choose the exclusion."))])
    source = ChoiceField(
        _l("Where did you find it?"),
        [InputNeeded(_l("Choose where you found it."))],
        choices=lambda: [
            (one.value, FINDING_SOURCES[one]) for one in (FindingSource.DECLARATION, FindingSource.REVIEW)
        ],
    )
    reference = LineField(_l("Where the source can be read"), [InputNeeded()], limit=500)
    quotation = ParagraphField(_l("Quotation"), [InputNeeded()], limit=4_000)


def finding_form(framework: Framework, *, hit: bool = False, **stored: Any) -> FindingForm:
    """Return the form with the framework's exclusions; a draft of a list hit keeps its source."""
    form = FindingForm(**stored)
    language = current_language()
    names = [(one.id, f"{one.id} {framework.title(language, of=one.id)}") for one in framework.exclusions]
    form.exclusion.choices = [("", _("Choose")), *names]
    if hit:
        del form.source
    return form


class FindingAnswerForm(Form):
    """The company's answer to a finding."""

    text = ParagraphField(_l("Your answer"), [InputNeeded()], limit=5_000)


class FindingDecisionForm(Form):
    """The chair's decision on a finding."""

    decision = ChoiceField(
        _l("Does the exclusion apply?"),
        [InputNeeded(_l("Decide whether it applies."))],
        choices=lambda: [
            ("confirm", _l("Yes: confirm it. The case ends and the company may appeal")),
            ("dismiss", _l("No: dismiss it. The case goes on")),
        ],
    )
    reason = ParagraphField(_l("Reason"), [InputNeeded()], limit=2_000)
