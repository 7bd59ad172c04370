"""The forms in which officers narrow the queue, decide on hits and import lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_wtf.file import MultipleFileField
from wtforms import RadioField, SelectField
from wtforms.validators import StopValidation

from certify.kernel.fields import Form, InputNeeded, LineField, ParagraphField, optional
from certify.kernel.files import shown_name
from certify.kernel.i18n import _, _l
from certify.screening.queries import find_list, list_lists
from certify.screening.rules import HitStatus, ListKind
from certify.screening.rules.verdicts import ReasonCode
from certify.screening.words import HITS, KINDS, REASONS, VERDICTS

AGREE, DISAGREE = "agree", "disagree"
WORDS_LIMIT = 2_000
MOST_FILES = 4
"""Files of the list that comes in the most of them."""


def spoken(words: Mapping[Any, Any]) -> dict[str, str]:
    """Return choices by value in the reader's language."""
    return {value.value: str(sentence) for value, sentence in words.items()}


class FilterForm(Form):
    """Narrows the queue; everything stands in the address, so that a view of it can be kept and sent on."""

    class Meta:
        """A form that changes nothing carries no token."""

        csrf = False

    q = LineField(_l("Name, company or entry"), [optional])
    list_id = SelectField(_l("List"), name="list")
    status = SelectField(_l("Standing"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the lists that there are."""
        super().__init__(*args, **kwargs)
        self.list_id.choices = {"": _("All lists")} | {kept.id: kept.title for kept in list_lists()}
        self.status.choices = spoken(HITS)


class VerdictForm(Form):
    """An officer's verdict on a hit, with its reason."""

    verdict = RadioField(
        _l("Your verdict"),
        [InputNeeded(_l("Choose a verdict."))],
        choices=lambda: spoken(VERDICTS),
    )
    reason_code = RadioField(
        _l("Reason"),
        [InputNeeded(_l("Choose a reason."))],
        choices=lambda: spoken(REASONS),
    )
    text = ParagraphField(_l("What you compared, and what told them apart"), [optional], limit=WORDS_LIMIT)

    def decided(self) -> dict[str, Any]:
        """Return the verdict as the service takes it."""
        return {
            "verdict": HitStatus(self.verdict.data),
            "reason_code": ReasonCode(self.reason_code.data),
            "text": self.text.data or "",
        }


class SecondForm(Form):
    """The second officer agrees or disagrees, by one of two buttons."""

    opinion = RadioField(
        _l("Your opinion"),
        [InputNeeded(_l("Press one of the two buttons."))],
        choices=lambda: {AGREE: _("Agree"), DISAGREE: _("Disagree")},
    )
    text = ParagraphField(_l("What you think of it"), limit=WORDS_LIMIT)

    def validate_text(self, field: ParagraphField) -> None:
        """Ask for words where the officers differ."""
        if self.opinion.data == DISAGREE and not field.data:
            raise StopValidation(_("Say in a sentence why you disagree: your colleague reads it."))


class ImportForm(Form):
    """The files of a list, as its publisher gives them."""

    kind = RadioField(
        _l("Which list is it?"),
        [InputNeeded(_l("Choose which list it is."))],
        choices=lambda: spoken(KINDS),
    )
    files = MultipleFileField(_l("Files"), [InputNeeded(_l("Choose the files of the list."))])
    list_id = LineField(_l("Short name"), [optional], limit=40)
    title = LineField(_l("Title"))
    accept_drop = LineField(_l("Why it is right that the list became much shorter"), [optional], limit=500)

    def validate_files(self, field: MultipleFileField) -> None:
        """Take no more files than a list has, each under its own name."""
        if len(field.data) > MOST_FILES:
            raise StopValidation(_("A list has at most %(count)d files.", count=MOST_FILES))
        if len({shown_name(file.filename or "").lower() for file in field.data}) != len(field.data):
            raise StopValidation(_("Two of the files have the same name."))

    def validate_title(self, field: LineField) -> None:
        """Ask for a title where the list is new and its publisher's title is not known."""
        is_new = bool(self.list_id.data) and find_list(self.list_id.data or "") is None
        if self.kind.data == ListKind.GENERIC and is_new and not field.data:
            raise StopValidation(_("Say how the new list is called, such as the authority and what it lists."))
