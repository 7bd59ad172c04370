"""Agreements, their parties, versions and signatures; what was put before a party is never changed."""

from __future__ import annotations

from certify.agreements.models.agreements import Agreement, Contribution, Party
from certify.agreements.models.signatures import Clearance, SealedFile, Signature
from certify.agreements.models.versions import Assent, Comment, Proposal, Version

__all__ = [
    "Agreement",
    "Assent",
    "Clearance",
    "Comment",
    "Contribution",
    "Party",
    "Proposal",
    "SealedFile",
    "Signature",
    "Version",
]
