"""Letters to people: written in the reader's language in the transaction, sent after it by a job."""

from __future__ import annotations

import re
from typing import Any

from flask import current_app, render_template

from certify.kernel import jobs
from certify.kernel.errors import Invalid
from certify.kernel.i18n import _, in_language
from certify.outside.mail import Letter, Mailer

LINE_BREAKS = re.compile(r"[\r\n\x00]")


def notify(to: str, *, language: str, subject: Any, notice: str, **context: Any) -> None:
    """Promise a letter: `notice` names the templates email/<notice>.txt and .html.

    `subject` may be lazy: it is spoken in the reader's language, as the templates are.
    """
    with in_language(language):
        text = render_template(f"email/{notice}.txt", **context)
        html = render_template(f"email/{notice}.html", **context)
        promise(Letter(to=to, subject=str(subject), text=text, html=html))


def promise(letter: Letter) -> None:
    """Write the letter into the outbox; a line break in a header is refused."""
    if LINE_BREAKS.search(letter.to) or LINE_BREAKS.search(letter.subject):
        raise Invalid(_("An address or subject may not contain a line break."))
    jobs.enqueue("kernel.send_letter", letter.to_payload())


def send_letter(payload: dict[str, Any]) -> None:
    """Job: hand the letter to the mail server; a server that is down is tried again later."""
    mailer: Mailer = current_app.extensions["certify.mailer"]
    mailer.send(Letter.from_payload(payload))
