"""Choosing the reader for a list's files, and how strict it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from certify.screening.lists import OFFICIAL, Limits, ListRefused, ParsedList, generic, ofac, un
from certify.screening.lists.files import _l
from certify.screening.rules import ListKind

OWN_IDS: Final[Mapping[ListKind, str]] = {
    ListKind.OFAC_SDN: ofac.SDN,
    ListKind.OFAC_CONSOLIDATED: ofac.CONSOLIDATED,
    ListKind.UN_SECURITY_COUNCIL: un.SECURITY_COUNCIL,
}
"""The short name under which the publisher's own list is kept."""
TITLES: Final[Mapping[ListKind, str]] = {
    ListKind.OFAC_SDN: "OFAC Specially Designated Nationals and Blocked Persons List",
    ListKind.OFAC_CONSOLIDATED: "OFAC Consolidated Sanctions List (non-SDN)",
    ListKind.UN_SECURITY_COUNCIL: "United Nations Security Council Consolidated List",
}
"""How the publisher calls it."""
FILES: Final[Mapping[ListKind, tuple[str, ...]]] = {
    ListKind.OFAC_SDN: ("sdn.csv", "alt.csv", "add.csv", "sdn_comments.csv"),
    ListKind.OFAC_CONSOLIDATED: ("cons_prim.csv", "cons_alt.csv", "cons_add.csv", "cons_comments.csv"),
}
"""The files of lists that come in several; the first two must be there."""
SHORT_NAME: Final = re.compile(r"[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?")
LONGEST_UID: Final = 80


def read_list(kind: ListKind, files: Mapping[str, bytes], *, list_id: str = "", accept_drop: str = "") -> ParsedList:
    """Read a list of a kind from its files, by name in any case of letters. Raises ListRefused.

    `list_id` names another list that comes in the publisher's form; a generic one needs it. The publisher's own list
    must have about as many entries as it has had for years, unless `accept_drop` gives the officer's reason.
    """
    own = OWN_IDS.get(kind, "")
    named = list_id or own
    if not SHORT_NAME.fullmatch(named):
        raise ListRefused(_l("A short name has 1 to 40 small letters, figures and hyphens, such as state-debarments."))
    if kind is ListKind.GENERIC and named in OWN_IDS.values():
        raise ListRefused(_l("The short name %(name)s belongs to another list."), name=named)
    limits = OFFICIAL[kind] if named == own and not accept_drop else Limits()
    parsed = parse(kind, own_files(kind, files), named, limits)
    check_numbers(parsed)
    return parsed


def own_files(kind: ListKind, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files with their names in small letters, refusing one that is no part of this list."""
    named = {name.lower(): content for name, content in files.items()}
    if len(named) != len(files):
        raise ListRefused(_l("Two of the files have the same name."))
    for name in named:
        if kind in FILES and name not in FILES[kind]:
            raise ListRefused(
                _l("The file %(file)s does not belong to this list. Its files are %(files)s."),
                file=name,
                files=", ".join(FILES[kind]),
            )
    return named


def parse(kind: ListKind, files: Mapping[str, bytes], list_id: str, limits: Limits) -> ParsedList:
    """Hand the files to their reader."""
    if kind is ListKind.GENERIC:
        return generic.parse(files, list_id=list_id, limits=limits)
    if kind is ListKind.UN_SECURITY_COUNCIL:
        return un.parse(files, list_id=list_id, limits=limits)
    prefix = "ofac" if list_id == OWN_IDS[kind] else list_id
    return ofac.parse(files, list_id=list_id, prefix=prefix, limits=limits)


def check_numbers(parsed: ParsedList) -> None:
    """Refuse entries whose number is longer than a number can be."""
    for entry in parsed.entries:
        if len(entry.uid) > LONGEST_UID:
            raise ListRefused(_l("The number of entry %(uid)s is too long."), uid=f"{entry.uid[:LONGEST_UID]}...")
