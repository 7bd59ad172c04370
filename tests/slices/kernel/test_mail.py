"""Letters wait in the outbox until a real mail server takes them."""

import socket
from contextlib import contextmanager

import pytest
from aiosmtpd.controller import Controller

from certify.kernel import jobs, notices
from certify.kernel.errors import Invalid
from certify.outside.mail import FolderMailer, Letter, SmtpMailer

LETTER = Letter(to="ana@example.org", subject="Señal", text="Hola.\n", html="<p>Hola.</p>")


class Box:
    """Keeps what the SMTP server was given."""

    def __init__(self):
        self.received = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        self.received.append(envelope)
        return "250 Message accepted"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def mail_server(port: int):
    box = Box()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


def mailer(port: int) -> SmtpMailer:
    return SmtpMailer("127.0.0.1", port, "", "", "none", "no-reply@example.org", timeout=5)


def test_a_letter_reaches_the_server_with_both_parts():
    port = free_port()
    with mail_server(port) as box:
        mailer(port).send(LETTER)

    assert box.received[0].rcpt_tos == ["ana@example.org"]
    assert b"text/html" in box.received[0].content


def test_a_captured_letter_reads_as_it_was_written(tmp_path):
    box = FolderMailer(tmp_path / "mail", "no-reply@example.org")

    box.send(LETTER)

    [captured] = box.letters()
    assert captured["Subject"] == "Señal"
    assert captured.get_body(("plain",)).get_content() == "Hola.\n"


def test_f5_a_letter_waits_while_the_server_is_down_and_goes_out_later(app, change, work, time):
    port = free_port()
    app.extensions["certify.mailer"], kept = mailer(port), app.extensions["certify.mailer"]
    try:
        with change():
            notices.promise(LETTER)
        work()
        with mail_server(port) as box:
            time.advance(days=1)
            work()
    finally:
        app.extensions["certify.mailer"] = kept

    assert len(box.received) == 1
    assert jobs.failed_rows() == []


@pytest.mark.parametrize("subject", ["Hello\r\nBcc: all@example.org", "Hello\nX: y"])
def test_input_21_a_line_break_in_a_subject_is_refused(app, change, subject):
    with pytest.raises(Invalid), change():
        notices.promise(Letter(to="ana@example.org", subject=subject, text="", html=""))
