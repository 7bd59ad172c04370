"""What can go wrong, as sentences a person can act on.

CertifyError
├── NotAllowed   403  the person may see it but not do this
├── NotFound     404  it does not exist, or not for this person
├── RuleBroken   409  a rule of procedure or the state of the case stands against it
├── Invalid      422  the input cannot be taken as it is; `fields` says where
├── Unavailable  503  a part that is needed does not answer now
└── NoSpace      507  the disk is full
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class CertifyError(Exception):
    """A refusal with the sentence that the person reads."""

    status = 500

    def __init__(self, sentence: Any, *, fields: Mapping[str, Any] | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.fields = dict(fields or {})

    def __str__(self) -> str:
        return str(self.sentence)


class NotAllowed(CertifyError):
    """The policy refuses this action to this person."""

    status = 403


class NotFound(CertifyError):
    """Nothing is there for this person."""

    status = 404


class RuleBroken(CertifyError):
    """A rule of procedure, or the state of the thing, stands against it."""

    status = 409


class Invalid(CertifyError):
    """The input cannot be taken; `fields` names each field with its sentence."""

    status = 422


class TooLarge(CertifyError):
    """The file or body is larger, or unfolds to more, than is taken."""

    status = 413


class WrongType(CertifyError):
    """The file is not of a type that is taken, whatever its name says."""

    status = 415


class TooMany(CertifyError):
    """Too many attempts; wait before the next."""

    status = 429


class Unavailable(CertifyError):
    """A needed part does not answer now; nothing was changed."""

    status = 503


class NoSpace(CertifyError):
    """The disk is full; nothing was changed."""

    status = 507
