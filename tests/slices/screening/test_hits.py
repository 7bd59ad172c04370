"""Hits wait for officers; the machine neither clears nor condemns."""

import pytest

from certify.accounts.queries import get_actor
from certify.accounts.rules import Role as AccountRole
from certify.kernel import clock
from certify.kernel.db import db
from certify.kernel.errors import Invalid, NotFound, RuleBroken
from certify.organisations import service as organisations
from certify.screening import service
from certify.screening.queries import list_hits, screening_state
from certify.screening.rules import Effect, HitStatus
from certify.screening.rules.verdicts import ReasonCode, StateWord
from tests.makers import make_person
from tests.makers.organisations import make_organisation
from tests.makers.screening import EVERYDAY, SYSTEM, make_list, screen

PLANTED = "9,person,Zoraida Quintanar Belmonte,1970-02-03,XK"
DIRECTOR = {"name": "Belmonte, Zoraida Quintanar", "country": "PE", "role_title": "Gerente"}


@pytest.fixture
def officers(app, change):
    with change():
        people = make_person("Olga", AccountRole.OFFICER), make_person("Oscar", AccountRole.OFFICER)
    return [get_actor(person) for person in people]


@pytest.fixture
def company(app, change):
    with change():
        make_list(PLANTED)
        organisation = make_organisation(directors=(DIRECTOR,))
        screen(organisation)
    return organisation


def state(organisation):
    return screening_state(organisation.id, on=clock.now()).status


def test_a_director_on_a_list_is_a_hit_in_any_order_of_names(company):
    [hit] = list_hits(organisation_id=company.id)

    assert hit.entry_uid == "invented:9"
    assert state(company) is StateWord.OPEN_HITS


def test_a_company_that_never_ran_is_not_screened(app, change):
    with change():
        organisation = make_organisation()

    assert state(organisation) is StateWord.NOT_SCREENED


def test_without_any_list_nothing_is_clear(app, change):
    with change():
        organisation = make_organisation()
        screen(organisation)

    assert state(organisation) is StateWord.NOT_SCREENED


def test_a_screened_company_without_hits_is_clear(app, change):
    with change():
        make_list()
        organisation = make_organisation()
        screen(organisation)

    assert state(organisation) is StateWord.CLEAR


def test_a_new_director_makes_the_screening_one_of_somebody_else(company, change, officers):
    from certify.accounts import queries as accounts

    owner = get_actor(accounts.get_person(company.registered_by_id))
    with change():
        organisations.add_director(company, actor=owner, name="Tulio Arenas Ponce", country="PE", role_title="Vocal")

    assert state(company) is StateWord.NOT_SCREENED


def test_a_true_match_needs_a_second_officer(company, change, officers):
    first, second = officers
    [hit] = list_hits(organisation_id=company.id)
    with change():
        service.adjudicate(
            hit, verdict=HitStatus.TRUE_MATCH, reason_code=ReasonCode.SAME_IDENTITY, text="Same.", actor=first
        )
    assert hit.status is HitStatus.OPEN
    with pytest.raises(RuleBroken), change():
        service.confirm_verdict(hit, actor=first)

    with change():
        service.confirm_verdict(hit, actor=second)

    assert hit.status is HitStatus.TRUE_MATCH
    assert state(company) is StateWord.TRUE_MATCH


def test_a_second_officer_may_disagree_and_the_hit_is_open_again(company, change, officers):
    [hit] = list_hits(organisation_id=company.id)
    with change():
        service.adjudicate(
            hit, verdict=HitStatus.TRUE_MATCH, reason_code=ReasonCode.SAME_IDENTITY, text="Same.", actor=officers[0]
        )

    with change():
        service.reject_verdict(hit, actor=officers[1])

    assert hit.status is HitStatus.OPEN
    assert hit.proposed is None
    assert len(hit.adjudications) == 1


def test_a_true_match_on_an_informative_list_blocks_nothing(company, change, officers):
    [hit] = list_hits(organisation_id=company.id)
    with change():
        service.set_effect(hit.sanctions_list, effect=Effect.INFORMATIVE, resolution="TEST/2", actor=SYSTEM)
        service.adjudicate(
            hit, verdict=HitStatus.TRUE_MATCH, reason_code=ReasonCode.SAME_IDENTITY, text="Same.", actor=officers[0]
        )
        service.confirm_verdict(hit, actor=officers[1])

    assert state(company) is StateWord.CLEAR


def test_a_decided_hit_is_not_decided_again(company, change, officers):
    [hit] = list_hits(organisation_id=company.id)
    with change():
        service.adjudicate(
            hit, verdict=HitStatus.UNDETERMINED, reason_code=ReasonCode.NOT_ENOUGH, text="Unclear.", actor=officers[0]
        )
        db.session.flush()
        hit.status = HitStatus.FALSE_POSITIVE

    with pytest.raises(RuleBroken), change():
        service.adjudicate(
            hit, verdict=HitStatus.TRUE_MATCH, reason_code=ReasonCode.SAME_IDENTITY, text="Same.", actor=officers[1]
        )


def test_a_second_screening_of_the_same_records_opens_no_second_hit(company, change):
    with change():
        screen(company)

    assert len(list_hits(organisation_id=company.id)) == 1


def test_an_entry_that_left_the_list_closes_its_open_hit_as_delisted(company, change):
    with change():
        make_list("10,company,Another Quarry Holdings,,XK")
        screen(company)

    [hit] = list_hits(organisation_id=company.id)
    assert hit.status is HitStatus.DELISTED
    assert state(company) is StateWord.CLEAR


def test_an_entry_that_comes_back_to_its_list_opens_its_hit_again(company, change):
    with change():
        make_list("10,company,Another Quarry Holdings,,XK")
        screen(company)

    with change():
        make_list(PLANTED)
        screen(company)

    [hit] = list_hits(organisation_id=company.id)
    assert hit.status is HitStatus.OPEN
    assert state(company) is StateWord.OPEN_HITS


def test_a_list_that_shrinks_by_half_is_refused_without_a_reason(app, change):
    with change():
        make_list(*(f"{n},company,Quarry Holding Number {n},,XK" for n in range(10, 30)))

    with pytest.raises(RuleBroken), change():
        make_list()


def test_the_same_files_again_change_nothing(app, change):
    with change():
        kept = make_list(PLANTED)
        number = kept.live.number

    from certify.screening.lists import generic
    from tests.makers.screening import HEADER

    text = "\n".join([HEADER, *EVERYDAY, PLANTED]) + "\n"
    with change():
        again = service.import_list(
            generic.parse({"list.csv": text.encode()}, list_id="invented"), title="x", source="x", actor=SYSTEM
        )

    assert again is None
    assert kept.live.number == number


@pytest.mark.parametrize(
    ("verdict", "reason", "text", "field"),
    [
        (HitStatus.TRUE_MATCH, ReasonCode.NAME_ONLY, "Same.", "reason_code"),
        (HitStatus.FALSE_POSITIVE, ReasonCode.SAME_IDENTITY, "Same.", "reason_code"),
        (HitStatus.UNDETERMINED, ReasonCode.NOT_ENOUGH, " ", "text"),
        (HitStatus.TRUE_MATCH, ReasonCode.SAME_IDENTITY, "", "text"),
    ],
)
def test_a_verdict_stands_on_a_reason_that_a_colleague_can_follow(
    company, change, officers, verdict, reason, text, field
):
    [hit] = list_hits(organisation_id=company.id)

    with pytest.raises(Invalid) as refused, change():
        service.adjudicate(hit, verdict=verdict, reason_code=reason, text=text, actor=officers[0])

    assert field in refused.value.fields
    assert hit.status is HitStatus.OPEN


def test_the_same_verdict_sent_twice_is_one_verdict(company, change, officers):
    [hit] = list_hits(organisation_id=company.id)
    sent = {"verdict": HitStatus.TRUE_MATCH, "reason_code": ReasonCode.SAME_IDENTITY, "text": "Same."}
    for _time in range(2):
        with change():
            service.adjudicate(hit, **sent, actor=officers[0])

    assert len(hit.adjudications) == 1


def test_somebody_who_is_no_officer_decides_on_nothing(company, change):
    [hit] = list_hits(organisation_id=company.id)
    with change():
        person = make_person("Carla")

    with pytest.raises(NotFound), change():
        service.confirm_verdict(hit, actor=get_actor(person))
