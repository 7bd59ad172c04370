"""The forms in which a company states itself; the rules decide, the forms keep what was typed."""

from __future__ import annotations

import re
import uuid
from datetime import date
from typing import Any

from flask import current_app
from wtforms import DateField, HiddenField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from certify.kernel.db import new_id
from certify.kernel.fields import Form, InputNeeded, LineField, ParagraphField, optional
from certify.kernel.i18n import _, _l
from certify.organisations.rules import (
    COUNTRIES,
    DIVISIONS,
    INVENTED_STATES,
    MEMBER_STATES,
    Fault,
    MemberRole,
    OwnerKind,
    Verdict,
    check_tax_identifier,
    is_lei,
    read_share,
)
from certify.organisations.words import FAULTS, MEMBER_ROLES, OWNER_KINDS, country_name, division_title

_WHOLE = re.compile(r"[0-9]{1,15}|[0-9]{1,3}(?:[ .,'\u00a0\u202f][0-9]{3}){1,4}")
WRITTEN_MEMBERS = (MemberRole.EDITOR, MemberRole.READER)
"""The parts that the legal representative gives by adding a person."""


# -- fields -----------------------------------------------------------------------------------------------------------


class TypedField(StringField):
    """A line that is read as something else; what was typed stays in the page when it cannot be read."""

    sentence: Any = _l("This cannot be read.")
    typed = ""

    def read(self, typed: str) -> Any:
        """Return what was meant, None where it cannot be told."""
        raise NotImplementedError

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed."""
        self.typed, self.data = (str(valuelist[0]).strip() if valuelist else ""), None
        if self.typed:
            self.data = self.read(self.typed)
            if self.data is None:
                raise ValueError(self.sentence)

    def _value(self) -> str:
        """Return what stands in the page."""
        return self.typed or ("" if self.data is None else self.written(self.data))

    def written(self, value: Any) -> str:
        """Write a known value as a person types it."""
        return str(value)


class WholeNumberField(TypedField):
    """A whole number in figures, with or without marks between groups of three; no sign, no decimals."""

    sentence = _l("Enter a whole number in figures, such as 1200.")

    def read(self, typed: str) -> int | None:
        """Read ASCII figures only."""
        return int(re.sub(r"[^0-9]", "", typed)) if _WHOLE.fullmatch(typed) else None


class ShareField(TypedField):
    """A share in percent with at most two decimals, kept in basis points."""

    sentence = _l("Enter the share in percent, between 10 and 100, with at most two decimals, such as 33.33.")

    def read(self, typed: str) -> int | None:
        """Read a percentage."""
        return read_share(typed.removesuffix("%"))

    @property
    def share_bp(self) -> int:
        """The share in basis points, of a form that is valid."""
        return int(self.data or 0)


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
                raise ValueError(_("Enter the date as year, month and day, such as 1980-01-31.")) from None


class Boxes(SelectMultipleField):
    """Any number of choices, each a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class EntryField(HiddenField):
    """The id that this entry will have: sent twice, it is one entry."""

    @property
    def entry_id(self) -> uuid.UUID:
        """Return the id in the form; a broken one is replaced."""
        try:
            return uuid.UUID(str(self.data))
        except ValueError:
            return new_id()


def country_choices(*, empty: Any = None) -> list[tuple[str, str]]:
    """List the countries by their names in the reader's language."""
    codes = COUNTRIES if current_app.config["CERTIFY"].demonstration else COUNTRIES.difference(INVENTED_STATES)
    named = sorted(((code, country_name(code)) for code in codes), key=lambda pair: pair[1])
    return ([("", str(empty))] if empty else []) + named


def tick_countries(field: Boxes) -> None:
    """Offer the member states first, then the rest of the world."""
    named = country_choices()
    members = {*MEMBER_STATES, *INVENTED_STATES}
    field.choices = [pair for pair in named if pair[0] in members]
    field.choices += [pair for pair in named if pair[0] not in members]


def lines(text: str | None) -> list[str]:
    """Return the lines of a text, blank ones left out."""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


# -- forms ------------------------------------------------------------------------------------------------------------


class IdentityForm(Form):
    """Who the company is and where it is registered."""

    legal_name = LineField(_l("Legal name"), [InputNeeded(_l("Enter the legal name as it stands in the registry."))])
    trade_names = ParagraphField(_l("Trade names"), [optional], limit=2_000)
    country = SelectField(_l("Country of the seat"), [InputNeeded(_l("Choose the country of the seat."))])
    registration_number = LineField(
        _l("Registration number"), [InputNeeded(_l("Enter the registration number of the company."))], limit=100
    )
    tax_identifier = LineField(_l("Tax identifier"), [optional], limit=50)
    lei = LineField(_l("Legal entity identifier (LEI)"), [optional], limit=30)
    difference = ParagraphField(
        _l("How your company differs from the one with nearly the same name"), [optional], limit=1_000
    )
    revision = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.country.choices = country_choices(empty=_("Choose a country"))

    def validate_tax_identifier(self, field: LineField) -> None:
        """Say with the other errors that the number cannot be one of the seat's country."""
        if check_tax_identifier(field.data or "", country=self.country.data or "") is Verdict.INVALID:
            raise ValidationError(str(FAULTS[Fault.TAX_IDENTIFIER_WRONG]))

    def validate_lei(self, field: LineField) -> None:
        """Say with the other errors that the check digits do not fit."""
        if field.data and not is_lei(field.data):
            raise ValidationError(str(FAULTS[Fault.LEI_WRONG]))

    def identity(self) -> dict[str, Any]:
        """Return what was stated, as the service takes it."""
        names = ("legal_name", "country", "registration_number", "tax_identifier", "lei")
        stated = {name: self[name].data or "" for name in names}
        return stated | {"trade_names": lines(self.trade_names.data)}


class RegisterForm(IdentityForm):
    """A company's first entry: who it is, where it is registered, where it works."""

    countries = Boxes(_l("Other countries where the company operates"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tick_countries(self.countries)

    def stated(self) -> dict[str, Any]:
        """Return what was stated, as the service takes it."""
        return self.identity() | {"countries": self.countries.data or []}


class ActivitiesForm(Form):
    """What the company does, and how large it is."""

    isic_divisions = Boxes(_l("Activities"))
    employees = WholeNumberField(
        _l("Employees"), [InputNeeded(_l("Enter the number of employees, 0 if there are none."))]
    )
    turnover_usd = WholeNumberField(
        _l("Yearly turnover in US dollars"), [InputNeeded(_l("Enter the yearly turnover, 0 if there is none."))]
    )
    revision = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.isic_divisions.choices = [(code, division_title(code)) for code in sorted(DIVISIONS)]

    def validate_isic_divisions(self, field: Boxes) -> None:
        """Ask for one activity at least."""
        if not field.data:
            raise ValidationError(_("Choose at least one activity."))


class CountriesForm(Form):
    """Where the company works beside its seat."""

    countries = Boxes(_l("Other countries where the company operates"))
    revision = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tick_countries(self.countries)


class OwnerForm(Form):
    """One owner of 10 percent or more."""

    kind = RadioField(_l("Who owns this share?"), [InputNeeded(_l("Choose who owns this share."))])
    name = LineField(_l("Full name"), [optional])
    country = SelectField(_l("Nationality, or country of the seat"), [optional])
    birth_date = DayField(_l("Date of birth"), [optional])
    share = ShareField(_l("Share in percent"), [InputNeeded(_l("Enter the share in percent."))])
    entry = EntryField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [(kind.value, str(OWNER_KINDS[kind])) for kind in OwnerKind]
        self.country.choices = country_choices(empty=_("Choose a country"))
        self.entry.data = self.entry.data or str(new_id())


class DirectorForm(Form):
    """One director."""

    name = LineField(_l("Full name"), [InputNeeded(_l("Enter the full name of the director."))])
    role_title = LineField(_l("Position"), [optional])
    country = SelectField(_l("Nationality"), [InputNeeded(_l("Choose a country."))])
    birth_date = DayField(_l("Date of birth"), [optional])
    entry = EntryField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.country.choices = country_choices(empty=_("Choose a country"))
        self.entry.data = self.entry.data or str(new_id())


class MemberForm(Form):
    """One more person who acts for the company."""

    email = LineField(
        _l("E-mail address of the person’s account"), [InputNeeded(_l("Enter the e-mail address of the person."))]
    )
    role = RadioField(_l("What may this person do?"), [InputNeeded(_l("Choose what this person may do."))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role.choices = [(role.value, str(MEMBER_ROLES[role])) for role in WRITTEN_MEMBERS]


class HandOverForm(Form):
    """Who becomes the legal representative."""

    person = RadioField(_l("New legal representative"), [InputNeeded(_l("Choose a person."))])


class SearchForm(Form):
    """What to look for among companies."""

    class Meta:
        """A search changes nothing."""

        csrf = False

    search = LineField(_l("Name or registration number"), [optional])
