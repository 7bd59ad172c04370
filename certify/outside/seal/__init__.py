"""Seal a PDF and check a seal: PAdES B-T (ETSI EN 319 142-1), ECDSA on P-256, certifying, no change allowed after it.

A signature that verifies is not yet an untouched file: pages may be appended and the title changed behind it. Only a
file that is covered whole by one seal of ours, and is the one that was issued where that is known, is called untouched.
"""

from certify.outside.seal.checking import Doubt, Finding, SealReport, check_seal
from certify.outside.seal.sealing import SealRefused, seal
from certify.outside.seal.timestamps import DemonstrationTimeStamper, choose_time_stamper

__all__ = [
    "DemonstrationTimeStamper",
    "Doubt",
    "Finding",
    "SealRefused",
    "SealReport",
    "check_seal",
    "choose_time_stamper",
    "seal",
]
