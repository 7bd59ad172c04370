"""Questions about lists, subjects, runs and hits."""

from certify.screening.queries.hits import (
    ENTRY,
    UNDECIDED,
    earlier_hits,
    get_hit,
    list_hits,
    matches_of,
    proposed_verdicts,
    records_of,
)
from certify.screening.queries.lists import find_list, find_version, get_list, list_lists, live_entries
from certify.screening.queries.queue import HitFilter, Order, Page, next_hit, queued_hits, second_opinions, waiting_for
from certify.screening.queries.runs import (
    latest_run,
    list_runs,
    screened_organisations,
    screening_state,
    waiting_screening,
)
from certify.screening.queries.subjects import subjects_digest, subjects_of

__all__ = [
    "ENTRY",
    "UNDECIDED",
    "HitFilter",
    "Order",
    "Page",
    "earlier_hits",
    "find_list",
    "find_version",
    "get_hit",
    "get_list",
    "latest_run",
    "list_hits",
    "list_lists",
    "list_runs",
    "live_entries",
    "matches_of",
    "next_hit",
    "proposed_verdicts",
    "queued_hits",
    "records_of",
    "screened_organisations",
    "screening_state",
    "second_opinions",
    "subjects_digest",
    "subjects_of",
    "waiting_for",
    "waiting_screening",
]
