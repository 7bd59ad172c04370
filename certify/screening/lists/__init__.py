"""Reading the lists: bytes as they were published in, entries out, or one sentence saying why the files are refused.

Every reader has the same shape, `parse(files, ...) -> ParsedList`, takes nothing from the network and trusts nothing.
"""

from certify.screening.lists.files import OFFICIAL, Limits, ListRefused, ParsedList, digest_of_files

__all__ = ["OFFICIAL", "Limits", "ListRefused", "ParsedList", "digest_of_files"]
