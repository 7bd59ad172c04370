"""A real mail server for the letters of sign-in, and a service in production mode."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlsplit

import pytest
from aiosmtpd.controller import Controller
from flask import Flask

from certify.accounts.sign_in.passwords import HASHING
from certify.config import Mode
from certify.kernel import jobs
from certify.outside.mail import SmtpMailer


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class PostOffice:
    """Takes letters over SMTP and keeps them."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802  aiosmtpd's name
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 Message accepted for delivery"

    def to(self, address: str) -> list[EmailMessage]:
        """Do the work that waits, then return the letters to this address."""
        jobs.run_due()
        return [letter for letter in self.letters if letter["To"] == address]

    def link(self, address: str) -> str:
        """The path of the first link in the last letter to this address."""
        text = self.to(address)[-1].get_body(("plain",)).get_content()
        links = [link for link in re.findall(r"https?://\S+", text) if urlsplit(link).path.count("/") > 1]
        return urlsplit(links[0]).path


@pytest.fixture
def post(app: Flask) -> Iterator[PostOffice]:
    """The mail server of the service under test."""
    office = PostOffice()
    server = Controller(office, hostname="127.0.0.1", port=free_port())
    server.start()
    kept = app.extensions["certify.mailer"]
    app.extensions["certify.mailer"] = SmtpMailer("127.0.0.1", server.port, "", "", "none", "no-reply@example.org")
    yield office
    app.extensions["certify.mailer"] = kept
    server.stop()


@pytest.fixture
def production(app: Flask) -> Iterator[None]:
    """The service outside demonstration mode."""
    kept = app.config["CERTIFY"]
    app.config["CERTIFY"] = kept.model_copy(update={"mode": Mode.PRODUCTION})
    yield
    app.config["CERTIFY"] = kept


@pytest.fixture
def code() -> Callable[[str], str]:
    """The one-time password that a phone shows for a secret."""
    from passlib.totp import TOTP

    return lambda secret: TOTP(key=secret, format="base32").generate().token


@pytest.fixture
def costly_hashing(app: Flask) -> Iterator[None]:
    """Passwords hashed at the cost of earnest, for what is measured."""
    security = app.extensions["security"]
    kept = security.pwd_context
    security.pwd_context = kept.copy(**HASHING)
    yield
    security.pwd_context = kept
