"""Keep the keys: one each for the PDF seal, the credentials, the log and (in a demonstration) the time stamps.

The keys are apart so that losing one does not lose the others. Retired keys stay in the ring for ever, because what
they once signed must go on verifying. Files are mode 0400 in a folder outside the database and the repository.
"""

from certify.outside.keys.folder import load_keys
from certify.outside.keys.making import make_demonstration_keys, rotate_key
from certify.outside.keys.ring import Key, KeyMissing, KeyRing, Purpose, key_id_of

__all__ = [
    "Key",
    "KeyMissing",
    "KeyRing",
    "Purpose",
    "key_id_of",
    "load_keys",
    "make_demonstration_keys",
    "rotate_key",
]
