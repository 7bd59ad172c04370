"""What changes lists, runs and hits."""

from certify.screening.service.adjudicating import adjudicate, confirm_verdict, reject_verdict
from certify.screening.service.importing import import_list, set_effect, when_effect_decided
from certify.screening.service.running import request_screening, screen_now, store_run

__all__ = [
    "adjudicate",
    "confirm_verdict",
    "import_list",
    "reject_verdict",
    "request_screening",
    "screen_now",
    "set_effect",
    "store_run",
    "when_effect_decided",
]
