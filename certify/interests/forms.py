"""The declaration of interest, and the chair's ruling on a potential one."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

from wtforms import RadioField

from certify.interests.rules import Interest
from certify.interests.words import INTERESTS, NATURES, RULING_CHOICES
from certify.kernel.fields import Form, InputNeeded, ParagraphField, optional
from certify.kernel.i18n import _l

Kind = TypeVar("Kind", bound=StrEnum)


def spoken(words: Mapping[Kind, Any], *, apart_from: Kind | None = None) -> dict[str, str]:
    """Offer the values of an enum in the reader's language."""
    return {one.value: str(text) for one, text in words.items() if one is not apart_from}


class DeclarationForm(Form):
    """What a person says about a case before its file opens."""

    interest = RadioField(
        _l("Do you have an interest in this case?"),
        [InputNeeded(_l("Say whether you have an interest in this case."))],
        choices=lambda: spoken(INTERESTS),
    )
    nature = RadioField(_l("Whose interest is it?"), [optional], choices=lambda: spoken(NATURES))
    text = ParagraphField(_l("What is the interest?"), limit=2_000)


class AddedInterestForm(DeclarationForm):
    """An interest that came to light after the first declaration."""

    interest = RadioField(
        _l("What do you add?"),
        [InputNeeded(_l("Say which kind of interest you add."))],
        choices=lambda: spoken(INTERESTS, apart_from=Interest.NONE),
    )


class RulingForm(Form):
    """What the acting chair decides on a potential interest."""

    ruling = RadioField(
        _l("Is it a conflict of interest?"),
        [InputNeeded(_l("Decide whether it is a conflict."))],
        choices=lambda: spoken(RULING_CHOICES),
    )
    reason = ParagraphField(_l("Reason for the ruling"), [InputNeeded()], limit=2_000)
