"""The forms in which agreements are drafted, discussed and signed; the rules decide, the forms keep what was typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from wtforms import BooleanField, DateField, HiddenField, PasswordField, RadioField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from certify.agreements.composing import TEXT_PARTS
from certify.agreements.models import Agreement, Party
from certify.agreements.reference import areas, read_targets
from certify.agreements.rules import ContributionKind, CostBearer, Frame
from certify.agreements.words import CONTRIBUTION_KINDS, COST_BEARERS, area_title, party_name
from certify.kernel.fields import Form, InputNeeded, LineField, ParagraphField, optional
from certify.kernel.i18n import LANGUAGES, _, _l
from certify.organisations.queries import governments
from certify.organisations.words import country_name

PART_LABELS: dict[str, Any] = {
    "title": _l("Title"),
    "purpose": _l("Purpose"),
    "added_value": _l("Added value of the organisation"),
    "particular": _l("Particular conditions"),
}
TITLE_LIMIT = 150


class DayField(DateField):
    """A date as the browser sends it, year first."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the date, or say how to write it."""
        typed = str(valuelist[0]).strip() if valuelist else ""
        self.data = None
        if typed:
            try:
                self.data = date.fromisoformat(typed)
            except ValueError:
                raise ValueError(_("Enter the date as year, month and day, such as 2026-01-31.")) from None


class Boxes(SelectMultipleField):
    """Any number of choices, each a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def country_choices() -> list[tuple[str, str]]:
    """List the member states by their names in the reader's language."""
    return sorted(((code, country_name(code)) for code in governments()), key=lambda pair: pair[1])


# -- drafting ---------------------------------------------------------------------------------------------------------


class FrameForm(Form):
    """What an agreement is about, apart from its prose."""

    governments = Boxes(_l("Governments"))
    area = RadioField(_l("Priority area"), [InputNeeded(_l("Choose a priority area."))])
    sdg_targets = LineField(_l("Targets of the Sustainable Development Goals"), [InputNeeded()], limit=300)
    starts_on = DayField(_l("First day"), [InputNeeded()])
    ends_on = DayField(_l("Last day"), [InputNeeded()])
    cost_bearer = RadioField(_l("Who bears the cost?"), [InputNeeded(_l("Choose who bears the cost."))])
    languages = Boxes(_l("Languages"))
    revision = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.governments.choices = country_choices()
        self.area.choices = [(area, area_title(area)) for area in areas()]
        self.cost_bearer.choices = [(bearer.value, str(COST_BEARERS[bearer])) for bearer in CostBearer]
        self.languages.choices = list(LANGUAGES.items())

    def frame(self) -> Frame:
        """Return what was stated, of a form that is valid."""
        assert self.starts_on.data and self.ends_on.data
        return Frame(
            governments=tuple(self.governments.data or ()),
            area=self.area.data,
            sdg_targets=read_targets(self.sdg_targets.data or ""),
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            languages=tuple(self.languages.data or ()),
            cost_bearer=CostBearer(self.cost_bearer.data),
        )


class DraftForm(FrameForm):
    """The frame of a new agreement, and the officer's declaration."""

    no_interest = BooleanField(
        _l("I have no interest, personal or financial, in this company or in this cooperation."),
        [InputNeeded(_l("Whoever has an interest does not draft. Ask another officer."))],
    )


def frame_values(agreement: Agreement) -> dict[str, Any]:
    """Return what a frame form shows of an agreement."""
    frame = agreement.frame
    return {
        "governments": list(frame.governments),
        "area": frame.area,
        "sdg_targets": ", ".join(frame.sdg_targets),
        "starts_on": frame.starts_on,
        "ends_on": frame.ends_on,
        "cost_bearer": frame.cost_bearer.value,
        "languages": list(frame.languages),
        "revision": str(agreement.revision),
    }


class ProseForm(Form):
    """The prose of an agreement: one set of fields for each of its languages, as `title_es`."""

    revision = HiddenField()

    def prose(self, languages: Iterable[str]) -> dict[str, dict[str, str]]:
        """Return what was written, by language and part."""
        return {
            language: {part: self[f"{part}_{language}"].data or "" for part in TEXT_PARTS} for language in languages
        }


def prose_form(agreement: Agreement) -> ProseForm:
    """Return the form of an agreement's prose in its languages, filled with what stands."""
    fields = {
        f"{part}_{language}": prose_field(part, language) for language in agreement.languages for part in TEXT_PARTS
    }
    values = {
        f"{part}_{language}": agreement.texts.get(language, {}).get(part, "")
        for language in agreement.languages
        for part in TEXT_PARTS
    }
    kind = type("ProseForm", (ProseForm,), fields)
    form: ProseForm = kind(data=values | {"revision": str(agreement.revision)})
    return form


def prose_field(part: str, language: str) -> Any:
    """Return the field of one part in one language; a part may be left for later."""
    label = _l("%(part)s in %(language)s", part=PART_LABELS[part], language=LANGUAGES[language])
    return LineField(label, [optional], limit=TITLE_LIMIT) if part == "title" else ParagraphField(label, [optional])


class ContributionForm(Form):
    """What one party brings, in each language of the agreement, as `text_es`."""

    party = RadioField(_l("Who brings it?"), [InputNeeded(_l("Choose a party."))])
    kind = RadioField(_l("What kind of contribution is it?"), [InputNeeded(_l("Choose a kind."))])

    def texts(self, languages: Iterable[str]) -> dict[str, str]:
        """Return what was written, by language."""
        return {language: self[f"text_{language}"].data or "" for language in languages}


def contribution_form(agreement: Agreement) -> ContributionForm:
    """Return the form for one more contribution to an agreement."""
    fields = {
        f"text_{language}": ParagraphField(
            _l("What is brought, in %(language)s", language=LANGUAGES[language]), [InputNeeded()], limit=2_000
        )
        for language in agreement.languages
    }
    form: ContributionForm = type("ContributionForm", (ContributionForm,), fields)()
    form.party.choices = [(party.key, party_name(party)) for party in agreement.present_parties]
    form.kind.choices = [(kind.value, str(CONTRIBUTION_KINDS[kind])) for kind in ContributionKind]
    return form


# -- the parties ------------------------------------------------------------------------------------------------------


class AgreeForm(Form):
    """A party's mark on exactly one file."""

    sha256 = HiddenField()
    agreed = BooleanField(
        _l("We have read this document and agree to it, word for word."),
        [InputNeeded(_l("Tick the box once you have read the document."))],
    )


class CommentForm(Form):
    """What a party says about a version."""

    text = ParagraphField(_l("Your comment"), [InputNeeded(_l("Write your comment."))])


class SignForm(Form):
    """A signature: the file's digest, the will to sign, and the password again."""

    sha256 = HiddenField()
    consent = BooleanField(
        _l("I have read the document with this digest, I am authorised to sign it, and I sign it."),
        [InputNeeded(_l("Tick the box if you want to sign."))],
    )
    password = PasswordField(_l("Your password"), [InputNeeded(_l("Type your password."))])


class DeclineForm(Form):
    """Why a party does not sign."""

    reason = ParagraphField(_l("Reason"), [InputNeeded(_l("Give the reason. Every party will read it."))], limit=2_000)


class SigningForm(Form):
    """Until when the parties may sign."""

    until = DayField(_l("Last day for signing"), [InputNeeded()])


class PressForm(Form):
    """A decision that needs no words."""


def named_parties(parties: Sequence[Party]) -> list[tuple[Party, str]]:
    """Pair each party with its name in the reader's language."""
    return [(party, party_name(party)) for party in parties]
