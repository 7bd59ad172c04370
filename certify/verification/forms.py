"""The two ways to ask: a typed code, or a dropped file."""

from __future__ import annotations

from flask_wtf.file import FileField, FileRequired

from certify.kernel.fields import Form
from certify.kernel.i18n import _l


class FileForm(Form):
    """A certificate's PDF to be checked; it is never stored. No token: nothing is changed."""

    class Meta:
        """No token."""

        csrf = False

    pdf = FileField(_l("The certificate's PDF file"), [FileRequired(_l("Choose the PDF file of the certificate."))])
