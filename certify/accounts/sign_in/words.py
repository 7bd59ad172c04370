"""What Flask-Security's pages say, in the four languages of the house."""

from __future__ import annotations

from typing import Any

from certify.kernel.i18n import _l


class Spoken:
    """A message of Flask-Security, spoken in the reader's language when it is asked for: sentence, then category."""

    def __init__(self, sentence: Any, category: str) -> None:
        self.parts = (sentence, category)

    def __getitem__(self, place: int) -> str:
        """Return the sentence (0) or its category (1)."""
        return str(self.parts[place])


MESSAGES: dict[str, Spoken] = {
    "GENERIC_AUTHN_FAILED": Spoken(_l("Address or password is not right. Check both and try again."), "error"),
    "INVALID_PASSWORD": Spoken(_l("The password is not right."), "error"),
    "USER_DOES_NOT_EXIST": Spoken(_l("Address or password is not right. Check both and try again."), "error"),
    "DISABLED_ACCOUNT": Spoken(_l("This account is closed. Write to the Secretariat."), "error"),
    "CONFIRMATION_REQUIRED": Spoken(_l("Confirm your address first: follow the link in our letter."), "error"),
    "CONFIRM_REGISTRATION": Spoken(
        _l("We have written to %(email)s. Follow the link in the letter to confirm your address, then sign in."),
        "success",
    ),
    "CONFIRMATION_REQUEST": Spoken(
        _l("If there is an account with %(email)s that waits for confirmation, we have written to it."), "info"
    ),
    "CONFIRMATION_EXPIRED": Spoken(_l("The link in our letter is too old. Ask for a new letter here."), "error"),
    "INVALID_CONFIRMATION_TOKEN": Spoken(_l("This link is not whole. Copy all of it from the letter."), "error"),
    "EMAIL_CONFIRMED": Spoken(_l("Your address is confirmed. You can sign in now."), "success"),
    "ALREADY_CONFIRMED": Spoken(_l("This address was confirmed already. You can sign in."), "info"),
    "EMAIL_NOT_PROVIDED": Spoken(_l("Enter your e-mail address."), "error"),
    "INVALID_EMAIL_ADDRESS": Spoken(_l("Enter an e-mail address, such as name@example.org."), "error"),
    "PASSWORD_NOT_PROVIDED": Spoken(_l("Enter your password."), "error"),
    "RETYPE_PASSWORD_MISMATCH": Spoken(_l("The two passwords are not the same."), "error"),
    "PASSWORD_MISMATCH": Spoken(_l("The two passwords are not the same."), "error"),
    "PASSWORD_INVALID_LENGTH": Spoken(_l("Use at least %(length)s characters for the password."), "error"),
    "PASSWORD_IS_THE_SAME": Spoken(_l("The new password is the old one. Choose another."), "error"),
    "PASSWORD_CHANGE": Spoken(_l("Your password is changed. Other devices are signed out."), "success"),
    "PASSWORD_RESET_REQUEST": Spoken(
        _l("If there is an account with %(email)s, we have written to it how to choose a new password."), "info"
    ),
    "PASSWORD_RESET_EXPIRED": Spoken(_l("The link in our letter is too old. Ask for a new letter here."), "error"),
    "INVALID_RESET_PASSWORD_TOKEN": Spoken(
        _l("This link is not whole, or was used already. Ask for a new letter here."), "error"
    ),
    "PASSWORD_RESET_NO_LOGIN": Spoken(_l("Your new password is set. Sign in with it."), "success"),
    "UNAUTHENTICATED": Spoken(_l("Please sign in first."), "info"),
    "REAUTHENTICATION_REQUIRED": Spoken(_l("Enter your password again before you go on."), "info"),
    "REAUTHENTICATION_SUCCESSFUL": Spoken(_l("Thank you. You can go on."), "success"),
    "ANONYMOUS_USER_REQUIRED": Spoken(_l("You are signed in already."), "info"),
    "INVALID_REDIRECT": Spoken(_l("That address does not belong to this service."), "error"),
    "TWO_FACTOR_INVALID_TOKEN": Spoken(_l("The code is not right. Enter the one your phone shows now."), "error"),
    "TWO_FACTOR_LOGIN_SUCCESSFUL": Spoken(_l("You are signed in."), "success"),
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": Spoken(
        _l("From now on you sign in with a code from your phone. Keep recovery codes for the day you lose it."),
        "success",
    ),
    "TWO_FACTOR_PERMISSION_DENIED": Spoken(_l("Please sign in again from the start."), "error"),
    "TWO_FACTOR_METHOD_NOT_AVAILABLE": Spoken(_l("Choose one of the ways that are offered."), "error"),
    "TWO_FACTOR_DISABLED": Spoken(_l("You sign in with your password alone now."), "success"),
    "TWO_FACTOR_SETUP_EXPIRED": Spoken(_l("This took too long. Please begin again."), "error"),
    "INVALID_RECOVERY_CODE": Spoken(_l("This recovery code is not right, or was used already."), "error"),
    "NO_RECOVERY_CODES_SETUP": Spoken(_l("You have no recovery codes yet. Make them below."), "info"),
    "INVALID_INPUT": Spoken(_l("Please check what you entered here."), "error"),
    "CODE_HAS_BEEN_SENT": Spoken(_l("A code was sent."), "info"),
    "API_ERROR": Spoken(_l("This page was open too long. Please begin again."), "error"),
}
"""Name of Flask-Security's message > ours."""
