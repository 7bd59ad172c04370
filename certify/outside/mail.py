"""Letters on their way out: to an SMTP server, or into a folder where the demonstration shows them."""

from __future__ import annotations

import mailbox
import smtplib
from dataclasses import asdict, dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to one person, as plain text and as HTML."""

    to: str
    subject: str
    text: str
    html: str

    def to_payload(self) -> dict[str, Any]:
        """Return the letter as an outbox row keeps it."""
        return asdict(self)

    @staticmethod
    def from_payload(payload: dict[str, Any]) -> Letter:
        """Read the letter back."""
        return Letter(**payload)


class Mailer(Protocol):
    """Takes letters; raises OSError (smtplib's errors are such) when it cannot."""

    def send(self, letter: Letter) -> None:
        """Deliver a letter."""


def message(letter: Letter, *, sender: str) -> EmailMessage:
    """Write the letter as an Internet message (RFC 5322) with both parts."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, letter.to, letter.subject
    mail["Date"], mail["Message-ID"] = formatdate(), make_msgid(domain=sender.rpartition("@")[2].strip(">"))
    mail.set_content(letter.text)
    mail.add_alternative(letter.html, subtype="html")
    return mail


@dataclass(frozen=True, slots=True)
class SmtpMailer:
    """Speaks to the organisation's mail server; security is starttls, tls or none."""

    host: str
    port: int
    user: str
    password: str
    security: str
    sender: str
    timeout: float = 15.0

    def send(self, letter: Letter) -> None:
        """Deliver over one SMTP conversation."""
        kind = smtplib.SMTP_SSL if self.security == "tls" else smtplib.SMTP
        with kind(self.host, self.port, timeout=self.timeout) as server:
            if self.security == "starttls":
                server.starttls()
            if self.user:
                server.login(self.user, self.password)
            server.send_message(message(letter, sender=self.sender))


@dataclass(frozen=True, slots=True)
class FolderMailer:
    """Keeps letters in a Maildir; the demonstration's post office."""

    folder: Path
    sender: str

    def send(self, letter: Letter) -> None:
        """Put the letter into the folder."""
        self.box().add(message(letter, sender=self.sender))

    def letters(self) -> list[EmailMessage]:
        """Return the captured letters, newest first."""
        files = sorted((self.folder / "new").glob("*"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
        return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in files]

    def box(self) -> mailbox.Maildir:
        """Open the folder, made where it is missing."""
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        return mailbox.Maildir(self.folder, create=True)
