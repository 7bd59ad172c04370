"""One certificate, issued once through the real services and copied for each test."""

import io

import pytest

from certify.certificates.models import Certificate
from certify.kernel import files
from certify.kernel.db import db
from certify.verification.guessing import forget_guesses
from tests.makers.certificates import make_certificate


@pytest.fixture
def certificate(app, kept):
    """An active certificate, and a stranger who has not guessed yet."""
    forget_guesses()
    kept("certificate", make_certificate)
    found = db.session.query(Certificate).one()
    yield found
    forget_guesses()


@pytest.fixture
def sealed(certificate) -> bytes:
    """The certificate's English PDF as it was issued."""
    [document] = [found for found in certificate.documents if found.language == "en"]
    return files.storage().get(document.sha256)


@pytest.fixture
def drop(certificate, visit):
    """Drop a file on the verify page, as a stranger does."""
    return lambda content, **more: visit().post("/verify", data={"pdf": (io.BytesIO(content), "a.pdf")}, **more)
