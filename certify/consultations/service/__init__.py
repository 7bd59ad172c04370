"""What changes consultations: asking, replying, extending, silence, and the company's answer to an objection."""

from certify.consultations.service.asking import ask, extend, note_silence, remind, withdraw_all
from certify.consultations.service.replies import answer_objection, lift_objection, reply

__all__ = [
    "answer_objection",
    "ask",
    "extend",
    "lift_objection",
    "note_silence",
    "remind",
    "reply",
    "withdraw_all",
]
