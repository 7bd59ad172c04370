"""The letters of sign-in, written in the reader's language and with links to the one right address."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from flask import current_app
from flask_security.mail_util import MailUtil

from certify.config import Settings
from certify.kernel.i18n import _l
from certify.kernel.notices import notify

LETTERS: dict[str, tuple[str, Any]] = {
    "security/email/welcome": ("account_confirm", _l("Confirm your address")),
    "security/email/confirmation_instructions": ("account_confirm", _l("Confirm your address")),
    "security/email/welcome_existing": ("account_exists", _l("You have an account already")),
    "security/email/reset_instructions": ("account_reset", _l("Choose a new password")),
    "security/email/reset_notice": ("account_password_changed", _l("Your password was changed")),
    "security/email/change_notice": ("account_password_changed", _l("Your password was changed")),
    "security/email/two_factor_rescue": ("account_phone_lost", _l("Somebody cannot sign in with their phone")),
}
"""Flask-Security's template > our notice and its subject."""
LINKS = ("confirmation_link", "reset_link")


class OutboxMail(MailUtil):
    """Flask-Security's letters as notices of the house, promised in the transaction and sent after it."""

    def send_mail(
        self,
        template: str,
        subject: str,
        recipient: Any,
        sender: Any,
        body: str | None,
        html: str | None,
        **kwargs: Any,
    ) -> None:
        """Promise the letter."""
        notice, words = LETTERS[template]
        person = kwargs["user"]
        links = {name: at_right_address(kwargs.get(name)) for name in LINKS}
        language = person.language if recipient == person.email else "en"
        notify(str(recipient), language=language, subject=words, notice=notice, person=person, **links)


def at_right_address(link: str | None) -> str:
    """Return a link of ours at the service's public address, whatever host the request named."""
    if not link:
        return ""
    settings: Settings = current_app.config["CERTIFY"]
    right, found = urlsplit(settings.public_address), urlsplit(link)
    return urlunsplit((right.scheme, right.netloc, right.path.rstrip("/") + found.path, found.query, ""))
