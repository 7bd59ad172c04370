"""Declaring that one has no interest, as everybody in the story does before a file opens."""

from __future__ import annotations

from certify.accounts.models import Person
from certify.accounts.queries import get_actor
from certify.interests import queries as interest_queries
from certify.interests import service as interests
from certify.interests.rules import Interest


def declare_none(person: Person, subject_key: str) -> None:
    """Let a person declare that they have no interest, once."""
    if interest_queries.find_declaration(person.id, subject_key) is None:
        interests.declare(subject_key, interest=Interest.NONE, actor=get_actor(person))
