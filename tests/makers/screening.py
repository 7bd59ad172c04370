"""Makes invented lists and screenings, through the real services."""

from __future__ import annotations

from certify.kernel.policy import Actor
from certify.organisations.models import Organisation
from certify.screening import service
from certify.screening.lists import generic
from certify.screening.models import SanctionsList
from certify.screening.rules import Effect

SYSTEM = Actor.system("test")
HEADER = "uid,schema,name,birth_dates,countries"
EVERYDAY = (
    "1,company,Northern Gravel Trading Company,,XK",
    "2,person,Odalric Vantongeren,1961-05-04,XK",
)


def make_list(*rows: str, list_id: str = "invented", effect: Effect = Effect.EXCLUDING) -> SanctionsList:
    """An invented list in our own format; inside `with change():`."""
    text = "\n".join([HEADER, *EVERYDAY, *rows]) + "\n"
    parsed = generic.parse({"list.csv": text.encode()}, list_id=list_id)
    version = service.import_list(parsed, title="Invented list", source="test", actor=SYSTEM)
    assert version is not None
    service.set_effect(version.sanctions_list, effect=effect, resolution="TEST/1", actor=SYSTEM)
    return version.sanctions_list


def screen(organisation: Organisation) -> None:
    """Screen a company now; inside `with change():`."""
    service.store_run(organisation.id, service.screen_now(organisation), actor=SYSTEM)
