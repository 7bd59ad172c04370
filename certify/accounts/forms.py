"""The forms of one's own account and of the administrators' list of people."""

from __future__ import annotations

from typing import Any

from wtforms import RadioField, SelectField

from certify.accounts.rules import Role
from certify.accounts.words import ROLES, countries
from certify.kernel.fields import Form, InputNeeded, LineField, optional
from certify.kernel.i18n import LANGUAGES, _, _l


class AccountForm(Form):
    """How we call a person, and in which language we write."""

    name = LineField(_l("Your name"), [InputNeeded(_l("Enter your name."))], render_kw={"autocomplete": "name"})
    language = RadioField(_l("Language"), [InputNeeded(_l("Choose a language."))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language.choices = list(LANGUAGES.items())


class RoleForm(Form):
    """A role proposed for a person."""

    role = RadioField(_l("Role"), [InputNeeded(_l("Choose a role."))])
    country = SelectField(_l("Country, for a government focal point"), [optional])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role.choices = [(role.value, str(ROLES[role])) for role in Role]
        self.country.choices = [("", _("No country")), *countries()]


class PeopleForm(Form):
    """Whom to look for."""

    class Meta:
        """A search changes nothing."""

        csrf = False

    search = LineField(_l("Name or e-mail address"), [optional])
