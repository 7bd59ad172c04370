"""What a number says by itself: tax identifiers of the states that publish their check digits, and the LEI."""

from __future__ import annotations

import re
from enum import StrEnum
from importlib import import_module

from stdnum.exceptions import ValidationError

TAX_NUMBERS: dict[str, tuple[str, ...]] = {
    "AR": ("ar.cuit",),
    "BR": ("br.cnpj", "br.cpf"),
    "CA": ("ca.bn",),
    "CL": ("cl.rut",),
    "CO": ("co.nit",),
    "CR": ("cr.cpj", "cr.cpf"),
    "DO": ("do.rnc", "do.cedula"),
    "EC": ("ec.ruc",),
    "GT": ("gt.nit",),
    "MX": ("mx.rfc",),
    "PE": ("pe.ruc",),
    "PY": ("py.ruc",),
    "SV": ("sv.nit",),
    "US": ("us.ein",),
    "UY": ("uy.rut",),
    "VE": ("ve.rif",),
}
"""Member state > its tax numbers in python-stdnum: a company's, and a natural person's where sole traders use it."""
_LEI = re.compile(r"[0-9A-Z]{18}[0-9]{2}")


class Verdict(StrEnum):
    """What the number itself tells; whether it was issued, only the registry knows."""

    VALID = "valid"
    INVALID = "invalid"
    NOT_VERIFIABLE = "not_verifiable"


def check_tax_identifier(number: str, *, country: str) -> Verdict:
    """Check form and check digits of a tax identifier; where the state's rule is not known: not verifiable."""
    kinds = TAX_NUMBERS.get(country, ())
    if not kinds or not number.strip():
        return Verdict.NOT_VERIFIABLE
    return Verdict.VALID if any(_fits(kind, number) for kind in kinds) else Verdict.INVALID


def _fits(kind: str, number: str) -> bool:
    """Ask python-stdnum about one kind of number."""
    if not number.isascii():
        return False
    try:
        import_module(f"stdnum.{kind}").validate(number)
    except ValidationError:
        return False
    return True


def lei_key(lei: str) -> str:
    """Write a legal entity identifier without spaces, in capitals."""
    return "".join(lei.split()).upper()


def is_lei(lei: str) -> bool:
    """Check form and check digits of a legal entity identifier (ISO 17442, by ISO/IEC 7064 MOD 97-10)."""
    key = lei_key(lei)
    if not _LEI.fullmatch(key):
        return False
    return int("".join(str(int(sign, 36)) for sign in key)) % 97 == 1
