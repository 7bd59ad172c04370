"""The invented companies, and the invented list with one planted entry."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from certify.applications.rules import Given
from certify.criteria.rules import Band, Criterion

RIGHTS = "HRT"
PLANTED = "Zoraida Quintanar Belmonte"
LIST_ID = "demonstration"
LIST = (
    "uid,schema,name,other_names,birth_dates,countries,programs,remarks\n"
    f"1,person,{PLANTED},Z. Quintanar,1970-02-03,XC,INVENTED,Planted; nobody of this name is meant\n"
    "2,company,Northern Gravel Trading Company,,,XD,INVENTED,Invented\n"
    "3,person,Odalric Vantongeren,,1961-05-04,XD,INVENTED,Invented\n"
)


@dataclass(frozen=True, slots=True)
class Company:
    """One company of the demonstration and how well it answers."""

    key: str
    person: str
    """Its legal representative in the cast."""
    legal_name: str
    country: str
    cooperation: str
    band: Band = Band.CERTIFIED
    isic_divisions: tuple[str, ...] = ("10",)
    countries: tuple[str, ...] = ()
    director: str = "Leandro Paz Urrutia"
    facts: dict[str, Any] = field(default_factory=dict)


CERTIFIED = Company(
    "valle-claro", "rosa", "Cooperativa Agroindustrial Valle Claro R.L.", "XA",
    "Train forty young people a year in food safety and share our traceability software with other cooperatives.",
    countries=("XB",), director="Amparo Solís Vega",
)  # fmt: skip
REFUSED = Company(
    "cerro-hondo", "hector", "Minera Cerro Hondo S.A.", "XB",
    "Finance a laboratory for water quality in the mining region.",
    band=Band.NOT_CERTIFIED, isic_divisions=("07",), director="Rogelio Estrada Muñoz",
)  # fmt: skip
INELIGIBLE = Company(
    "porto-cinza", "lucia", "Transportes Porto Cinza Ltda.", "XC",
    "Lend trucks for disaster relief.", isic_divisions=("49",), director="Quintanar Belmonte, Zoraida",
)  # fmt: skip
BEFORE_THE_BOARD = Company(
    "bahia-serena", "celia", "Hotelera Bahía Serena S.R.L.", "XA",
    "Offer first jobs in tourism to two hundred young people on the coast.", isic_divisions=("55",),
    director="Graciela Ponce Arias",
)  # fmt: skip
DRAFT = Company(
    "luna-llena", "tomas", "Tejidos Luna Llena S.A.C.", "XB",
    "Open our weaving school to rural women.", isic_divisions=("13",), director="Inés Corral Duarte",
)  # fmt: skip


def answer(company: Company, criterion: Criterion) -> Given:
    """Return what the company answers: well throughout, or well in all but human rights."""
    if criterion.goalposts is not None:
        return Given(number=criterion.goalposts.full_at)
    if company.band is Band.NOT_CERTIFIED:
        return Given(level=1 if criterion.theme == RIGHTS else criterion.levels[-1])
    return Given(level=3 if 3 in criterion.levels else criterion.levels[-1])
