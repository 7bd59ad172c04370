"""What changes agreements: drafting, negotiation, clearance, signatures in order, sealing, and what follows from it."""

from __future__ import annotations

from certify.agreements.service.alerting import expire_agreements, when_certificate_restored, when_certificate_stopped
from certify.agreements.service.clearing import table_clearance, when_motion_decided
from certify.agreements.service.drafting import (
    add_contribution,
    draft_agreement,
    remove_contribution,
    save_frame,
    write_texts,
)
from certify.agreements.service.negotiating import agree, comment
from certify.agreements.service.proposing import keep_print, printed, propose_version
from certify.agreements.service.sealing import conclude, make_sealed, settle_sealing
from certify.agreements.service.signing import (
    decline,
    lapse_signings,
    open_signing,
    refresh_before_last,
    sign,
    start_screening,
)

__all__ = [
    "add_contribution",
    "agree",
    "comment",
    "conclude",
    "decline",
    "draft_agreement",
    "expire_agreements",
    "keep_print",
    "lapse_signings",
    "make_sealed",
    "open_signing",
    "printed",
    "propose_version",
    "refresh_before_last",
    "remove_contribution",
    "save_frame",
    "settle_sealing",
    "sign",
    "start_screening",
    "table_clearance",
    "when_certificate_restored",
    "when_certificate_stopped",
    "when_motion_decided",
    "write_texts",
]
