"""How the answers read: one word, then one sentence."""

from __future__ import annotations

from typing import Any

from certify.kernel.i18n import _l
from certify.verification.rules import Answer

WORDS: dict[Answer, Any] = {
    Answer.ACTIVE: _l("Active"),
    Answer.SUSPENDED: _l("Suspended"),
    Answer.WITHDRAWN: _l("Withdrawn"),
    Answer.EXPIRED: _l("Expired"),
    Answer.SUPERSEDED: _l("Superseded"),
    Answer.UNKNOWN: _l("Unknown"),
    Answer.ALTERED: _l("Altered"),
    Answer.CANNOT_CONFIRM: _l("Cannot confirm now"),
}
SENTENCES: dict[Answer, Any] = {
    Answer.ACTIVE: _l("This certificate is genuine and in force."),
    Answer.SUSPENDED: _l("This certificate is genuine, but suspended: do not rely on it while that lasts."),
    Answer.WITHDRAWN: _l("This certificate has been withdrawn: do not rely on it."),
    Answer.EXPIRED: _l("This certificate was genuine, but its time is over."),
    Answer.SUPERSEDED: _l("This certificate was replaced by a newer one."),
    Answer.UNKNOWN: _l(
        "We issued no certificate with this code. Check each character; if it is right, do not rely on it."
    ),
    Answer.ALTERED: _l("This file is not as it was issued: do not rely on it."),
    Answer.CANNOT_CONFIRM: _l("We cannot confirm anything at the moment. Please try again; do not take this as a yes."),
}
TONES: dict[Answer, str] = {
    Answer.ACTIVE: "active",
    Answer.SUSPENDED: "attention",
    Answer.WITHDRAWN: "refused",
    Answer.EXPIRED: "neutral",
    Answer.SUPERSEDED: "neutral",
    Answer.UNKNOWN: "refused",
    Answer.ALTERED: "refused",
    Answer.CANNOT_CONFIRM: "attention",
}
NO_CERTIFICATE = _l("This file is no certificate of ours: do not rely on it as one.")
"""What "unknown" means for a file."""
ADVICE: dict[str, Any] = {
    "untouched": _l(
        "Our seal on it holds, so it is a document of ours; the register has no certificate with this content."
    ),
    "altered": _l(
        "The seal does not hold, or the file differs from every one that we issued. Ask whoever gave it to you for the "
        "original, or type the code printed on it."
    ),
    "stripped": _l(
        "It bears no seal. A scan, a print-out or a copy that was saved again loses it: type the code printed on it."
    ),
    "impostor": _l("It was sealed by somebody else, not by us. If it looks like one of our certificates, tell us."),
    "unreadable": _l("It cannot be read as a PDF file. Check that you chose the right file."),
}
"""What the finding on a file's seal means, and what to do now; by `outside.seal.Finding`."""
