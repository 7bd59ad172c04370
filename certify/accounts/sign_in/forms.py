"""The forms of creating an account and of signing in."""

from __future__ import annotations

from typing import Any

from flask_security.forms import LoginForm, RegisterFormV2, TwoFactorRescueForm, TwoFactorSetupForm
from wtforms import Field, RadioField, SelectField

from certify.accounts.models import Person
from certify.accounts.sign_in.door import is_own_page
from certify.kernel.fields import InputNeeded, LineField
from certify.kernel.i18n import LANGUAGES, _l, current_language

FIRST = ("name", "email", "language", "password", "password_confirm")
"""In which order an account is asked for."""


class RegisterForm(RegisterFormV2):
    """Adds to address and password how we call the person, and in which language we write."""

    name = LineField(_l("Your name"), [InputNeeded(_l("Enter your name."))], render_kw={"autocomplete": "name"})
    language = SelectField(_l("Language of our letters"), [InputNeeded()], default=current_language)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language.choices = list(LANGUAGES.items())
        asked: dict[str, Field] = vars(self)["_fields"]
        for name in dict.fromkeys([*FIRST, *asked]):
            asked[name] = asked.pop(name)


class PhoneForm(TwoFactorSetupForm):
    """Sets the one-time password up, or switches it off where the person's roles allow that."""

    setup = RadioField(validate_choice=False)


class Ways(list[tuple[str, str]]):
    """The ways to help that Flask-Security offers, each in our words."""

    def append(self, way: tuple[str, Any]) -> None:
        """Offer a way."""
        super().append((way[0], str(WAYS[way[0]])))


WAYS = {
    "help": _l("Write to the people who run the service"),
    "recovery_code": _l("I use one of my recovery codes"),
}


class LostPhoneForm(TwoFactorRescueForm):
    """Asks for help without the phone."""

    help_setup = RadioField(validate_choice=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.help_setup.choices = Ways()
        self.help_setup.choices.append(("help", ""))


class SignInForm(LoginForm):
    """Forgets a foreign address to go to afterwards, and never stays signed in where a second factor is needed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.next.data and not is_own_page(self.next.data):
            self.next.data = ""

    def validate(self, **kwargs: Any) -> bool:
        """Check address and password; whoever knows the password is told what else stands in the way."""
        passed = bool(super().validate(**kwargs))
        if self.user_authenticated and not passed:
            self.form_errors.extend(self.email.errors)
            self.email.errors = []
        if passed and isinstance(self.user, Person) and self.user.needs_second_factor:
            self.remember.data = False
        return passed
