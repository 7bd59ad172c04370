"""One change is wholly made or not at all, and what follows it comes after."""

import threading

import pytest
import sqlalchemy as sa

from certify.accounts.models import Person
from certify.kernel import jobs
from certify.kernel.db import db, transaction
from certify.kernel.errors import RuleBroken
from tests.makers import make_person


def count_people() -> int:
    """How many accounts there are, read afresh."""
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).select_from(Person)) or 0


def test_a_failed_change_leaves_nothing(app, change):
    with pytest.raises(RuleBroken), change():
        make_person("Ana")
        raise RuleBroken("no")

    assert count_people() == 0


def test_services_never_open_a_transaction_of_their_own(app, change):
    with pytest.raises(RuntimeError), change(), transaction():
        pass


def test_the_same_address_twice_is_a_sentence(app, change):
    with change():
        person = make_person("Ana")

    with pytest.raises(RuleBroken, match="account with this address"), change():
        db.session.add(Person(email=person.email, name="Twin"))


def test_twenty_writers_at_once_all_get_their_turn(app):
    def write(number: int) -> None:
        with app.app_context(), transaction():
            make_person(f"Writer{number}")

    writers = [threading.Thread(target=write, args=(number,)) for number in range(20)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert count_people() == 20


def test_a_job_promised_twice_under_one_key_is_done_once(app, change, work):
    done = []
    app.extensions["certify.jobs"]["test.note"] = lambda payload: lambda: done.append(payload["n"])
    with change():
        first = jobs.enqueue("test.note", {"n": 1}, once="k")
        second = jobs.enqueue("test.note", {"n": 1}, once="k")

    work()

    assert first == second
    assert done == [1]


def test_a_job_whose_end_fails_changes_nothing_and_is_tried_again(app, change, work, time):
    tries = []

    def flaky(payload):
        def conclude():
            tries.append(1)
            make_person("Halfway")
            if len(tries) == 1:
                raise OSError("cut")

        return conclude

    app.extensions["certify.jobs"]["test.flaky"] = flaky
    with change():
        jobs.enqueue("test.flaky", {})

    work()
    assert count_people() == 0
    time.advance(days=1)
    work()

    assert count_people() == 1
    assert jobs.failed_rows() == []


def test_a_job_promised_in_a_change_that_fails_is_never_done(app, change, work):
    done = []
    app.extensions["certify.jobs"]["test.note"] = lambda payload: lambda: done.append(1)
    with pytest.raises(RuleBroken), change():
        jobs.enqueue("test.note", {})
        raise RuleBroken("no")

    work()

    assert done == []
