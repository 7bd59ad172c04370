"""Declaring interests before a file opens, and the chair's rulings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from certify.accounts.models import Person
from certify.accounts.queries import get_actor
from certify.accounts.rules import Role
from certify.interests import queries, service
from certify.interests.models import Declaration
from certify.interests.rules import Interest, Nature, Ruling
from certify.kernel.errors import Invalid, NotAllowed, NotFound, RuleBroken
from tests.makers import make_person
from tests.makers.board import MadeBoard, make_board

KEY = "application:interests"
Change = Callable[[], Any]


def open_case(countries: tuple[str, ...] = ()) -> None:
    """A case that declarations can be made about."""
    service.open_subject(KEY, title="Andes Solar S.A.", link="/board/", countries=countries, also=["organisation:1"])


def declare(person: Person, interest: Interest, nature: Nature | None = Nature.PERSONAL) -> Declaration:
    """A declaration with its description."""
    described = {} if interest is Interest.NONE else {"nature": nature, "text": "My sister works there."}
    return service.declare(KEY, interest=interest, actor=get_actor(person), **described)


@pytest.fixture
def officer(change: Change) -> Person:
    """An officer, and an open case."""
    with change():
        open_case()
        return make_person("Officer", Role.OFFICER)


def test_nobody_may_open_a_file_before_declaring(officer: Person) -> None:
    assert not queries.may_open(officer.id, KEY)


def test_no_interest_opens_the_file(change: Change, officer: Person) -> None:
    with change():
        declare(officer, Interest.NONE)

    assert queries.may_open(officer.id, KEY)


@pytest.mark.parametrize("interest", [Interest.POTENTIAL, Interest.ACTUAL])
def test_an_interest_keeps_the_file_closed_and_what_belongs_to_it(
    change: Change, officer: Person, interest: Interest
) -> None:
    with change():
        declare(officer, interest)

    assert not queries.may_open(officer.id, KEY)
    assert {f"barred:{KEY}", "barred:organisation:1"} <= get_actor(officer).facts
    assert queries.barred_people(KEY) == {officer.id}


def test_a_conflict_found_later_is_added_and_the_first_declaration_is_kept(change: Change, officer: Person) -> None:
    with change():
        declare(officer, Interest.NONE)
        declare(officer, Interest.ACTUAL)

    assert not queries.may_open(officer.id, KEY)
    assert [one.interest for one in queries.history_on(KEY, officer.id)] == [Interest.NONE, Interest.ACTUAL]


@pytest.mark.parametrize("later", [Interest.NONE, Interest.POTENTIAL, Interest.ACTUAL])
def test_a_conflict_once_declared_is_never_taken_back(change: Change, officer: Person, later: Interest) -> None:
    with change():
        declare(officer, Interest.ACTUAL)

    with pytest.raises(RuleBroken), change():
        declare(officer, later)

    assert len(queries.declarations_on(KEY)) == 1


def test_an_interest_is_described(change: Change, officer: Person) -> None:
    with pytest.raises(Invalid) as refused, change():
        service.declare(KEY, interest=Interest.POTENTIAL, actor=get_actor(officer))

    assert set(refused.value.fields) == {"nature", "text"}


def test_an_officer_speaks_for_no_state(change: Change, officer: Person) -> None:
    with pytest.raises(Invalid) as refused, change():
        declare(officer, Interest.ACTUAL, Nature.STATE)

    assert set(refused.value.fields) == {"nature"}


def test_declarations_are_made_about_cases_that_exist(change: Change, officer: Person) -> None:
    with pytest.raises(NotFound), change():
        service.declare("application:unknown", interest=Interest.NONE, actor=get_actor(officer))


def test_a_companys_person_does_not_learn_that_declarations_are_made(change: Change, officer: Person) -> None:
    with change():
        person = make_person("Company")

    with pytest.raises(NotFound), change():
        declare(person, Interest.NONE)


# -- rulings --------------------------------------------------------------------------------------------------------


@pytest.fixture
def board(change: Change) -> MadeBoard:
    """A Board, and an open case."""
    with change():
        open_case()
        return make_board()


@pytest.mark.parametrize(("ruling", "opens"), [(Ruling.NO_CONFLICT, True), (Ruling.CONFLICT, False)])
def test_the_chair_decides_on_a_potential_interest(
    change: Change, board: MadeBoard, ruling: Ruling, opens: bool
) -> None:
    member = board.representative("CO")
    with change():
        declaration = declare(member, Interest.POTENTIAL)
        service.rule(declaration, ruling=ruling, reason="A distant cousin.", actor=get_actor(board.chair))

    assert queries.may_open(member.id, KEY) is opens
    assert declaration.ruled_by_id == board.chair.id


def test_a_ruling_has_its_reason(change: Change, board: MadeBoard) -> None:
    with change():
        declaration = declare(board.representative("CO"), Interest.POTENTIAL)

    with pytest.raises(Invalid), change():
        service.rule(declaration, ruling=Ruling.NO_CONFLICT, reason=" ", actor=get_actor(board.chair))


def test_a_member_who_does_not_chair_cannot_tell_that_there_is_a_declaration(change: Change, board: MadeBoard) -> None:
    with change():
        declaration = declare(board.representative("CO"), Interest.POTENTIAL)

    with pytest.raises(NotFound), change():
        service.rule(declaration, ruling=Ruling.NO_CONFLICT, reason="x", actor=get_actor(board.representative("MX")))


def test_the_vice_chair_rules_on_the_chairs_own_interest(change: Change, board: MadeBoard) -> None:
    with change():
        declaration = declare(board.chair, Interest.POTENTIAL)

    with pytest.raises(NotAllowed), change():
        service.rule(declaration, ruling=Ruling.NO_CONFLICT, reason="Mine.", actor=get_actor(board.chair))
    with change():
        service.rule(declaration, ruling=Ruling.NO_CONFLICT, reason="Distant.", actor=get_actor(board.vice_chair))

    assert get_actor(board.chair).holds("chairs", KEY)


def test_a_ruling_is_given_once(change: Change, board: MadeBoard) -> None:
    with change():
        declaration = declare(board.representative("CO"), Interest.POTENTIAL)
        service.rule(declaration, ruling=Ruling.CONFLICT, reason="Close.", actor=get_actor(board.chair))

    with pytest.raises(RuleBroken), change():
        service.rule(declaration, ruling=Ruling.NO_CONFLICT, reason="Not so.", actor=get_actor(board.chair))


# -- states ---------------------------------------------------------------------------------------------------------


def test_the_state_of_the_companys_seat_is_out_and_so_are_its_members(change: Change) -> None:
    with change():
        open_case(countries=("CO",))
        board = make_board()
        declare(board.representative("CO"), Interest.NONE)

    assert queries.state_conflicts(KEY) == {"CO"}
    assert not queries.may_open(board.representative("CO").id, KEY)


def test_a_member_declares_that_the_own_state_is_concerned(change: Change, board: MadeBoard) -> None:
    with change():
        declare(board.representative("MX"), Interest.ACTUAL, Nature.STATE)

    assert queries.state_conflicts(KEY) == {"MX"}


def test_a_potential_interest_of_a_state_takes_the_seat_out_only_when_ruled(change: Change, board: MadeBoard) -> None:
    with change():
        declaration = declare(board.representative("MX"), Interest.POTENTIAL, Nature.STATE)
    before = queries.state_conflicts(KEY)
    with change():
        service.rule(declaration, ruling=Ruling.CONFLICT, reason="It owns shares.", actor=get_actor(board.chair))

    assert before == frozenset()
    assert queries.state_conflicts(KEY) == {"MX"}


def test_a_closed_case_has_no_chair_until_it_is_opened_again(change: Change, board: MadeBoard) -> None:
    with change():
        service.close_subject(KEY)
    closed = get_actor(board.chair).holds("chairs", KEY)

    with change():
        open_case()

    assert not closed
    assert get_actor(board.chair).holds("chairs", KEY)


def test_when_chair_and_vice_chair_are_concerned_the_longest_serving_member_chairs(
    change: Change, board: MadeBoard
) -> None:
    with change():
        board.seat("UY").since = board.seat("UY").since.replace(year=2023)
        for person in (board.chair, board.vice_chair):
            declare(person, Interest.ACTUAL)

    assert get_actor(board.representative("UY")).holds("chairs", KEY)
    assert not get_actor(board.chair).holds("chairs", KEY)
