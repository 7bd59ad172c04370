"""What falls due by date: reminders, and silence recorded as such."""

from __future__ import annotations

from certify.consultations import service


def note_silence() -> None:
    """Daily: record what was not replied to by its date."""
    service.note_silence()


def remind() -> None:
    """Daily: remind the parties that have not replied."""
    service.remind()


DAILY = (note_silence, remind)
