"""Form parts that every slice's forms use."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, StopValidation, ValidationError

from certify.kernel.errors import Invalid
from certify.kernel.i18n import _, _l

LINE_LIMIT = 200
TEXT_LIMIT = 5_000
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd\ud800-\udfff]")


class Form(FlaskForm):
    """A form of the house: adds a service's refusal to its fields, so that nothing typed is lost."""

    refusal: Any = None

    def refuse(self, fault: Invalid) -> None:
        """Show a service's `Invalid` at its fields, or at the top where no field is named."""
        self.refusal = None if fault.fields else fault.sentence
        for name, sentence in fault.fields.items():
            if name in self._fields:
                self._fields[name].errors = [*self._fields[name].errors, str(sentence)]
            else:
                self.refusal = sentence


class InputNeeded(InputRequired):
    """Says in the reader's language that the field must be filled in."""

    def __init__(self, message: Any = None) -> None:
        super().__init__(message or _l("Please fill in this field."))


def stripped(value: str | None) -> str | None:
    """Trim what was typed and bring it to Unicode normal form C."""
    return unicodedata.normalize("NFC", value.strip()) if isinstance(value, str) else value


def no_control(form: Any, field: Field) -> None:
    """Refuse control characters, and line breaks in a single line."""
    text = field.data or ""
    if CONTROL.search(text) or (not isinstance(field, TextAreaField) and re.search(r"[\r\n\t]", text)):
        raise ValidationError(_("Please remove the line breaks or invisible characters."))


def bounded(limit: int) -> Length:
    """Refuse more characters than the field takes."""
    return Length(max=limit, message=_l("Please use at most %(max)d characters."))


class LineField(StringField):
    """One line of text, trimmed, at most 200 characters."""

    def __init__(self, label: Any = None, validators: Any = (), *, limit: int = LINE_LIMIT, **kwargs: Any) -> None:
        super().__init__(label, [*validators, no_control, bounded(limit)], filters=[stripped], **kwargs)


class ParagraphField(TextAreaField):
    """Several lines of text, trimmed, at most 5 000 characters."""

    def __init__(self, label: Any = None, validators: Any = (), *, limit: int = TEXT_LIMIT, **kwargs: Any) -> None:
        super().__init__(label, [*validators, no_control, bounded(limit)], filters=[stripped], **kwargs)


def optional(form: Any, field: Field) -> None:
    """Let a field be empty, and stop checking it then."""
    if not field.raw_data or not str(field.raw_data[0]).strip():
        field.errors = []
        raise StopValidation()
