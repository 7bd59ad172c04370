"""What changes lists, runs and hits."""

from certify.screening.service.adjudicating import adjudicate, confirm_verdict, reject_verdict
from certify.screening.service.importing import import_list, set_effect, when_effect_decided
from certify.screening.service.reading import FILES, OWN_IDS, TITLES, read_list
from certify.screening.service.running import (
    request_all_screenings,
    request_screening,
    screen_again,
    screen_now,
    store_run,
    when_company_changed,
    when_list_imported,
)

__all__ = [
    "FILES",
    "OWN_IDS",
    "TITLES",
    "adjudicate",
    "confirm_verdict",
    "import_list",
    "read_list",
    "reject_verdict",
    "request_all_screenings",
    "request_screening",
    "screen_again",
    "screen_now",
    "set_effect",
    "store_run",
    "when_company_changed",
    "when_effect_decided",
    "when_list_imported",
]
