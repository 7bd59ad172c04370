"""The audit trail shows any edited, removed or reordered row."""

import pytest
import sqlalchemy as sa

from certify.kernel import audit
from certify.kernel.db import db
from certify.kernel.policy import Actor

ACTOR = Actor(name="Ana")


@pytest.fixture
def chain(app, change):
    """Four entries of one case, the first three sealed into a block."""
    with change():
        for number in range(3):
            audit.record("case.step", actor=ACTOR, case_key="case:1", number=number)
        audit.seal_heads()
    with change():
        audit.record("case.step", actor=ACTOR, case_key="case:1", number=3)
    db.session.remove()


def tamper(statement: str) -> None:
    """Change the trail as someone with the database's own password would: the triggers switched off first."""
    with db.engine.connect() as connection:
        if db.engine.dialect.name == "postgresql":
            connection.exec_driver_sql("SET session_replication_role = replica")
        else:
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            for table in ("audit_entry", "audit_block"):
                for verb in ("UPDATE", "DELETE"):
                    connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_no_{verb}")
        connection.exec_driver_sql(statement)
        connection.commit()
        if db.engine.dialect.name == "postgresql":
            connection.exec_driver_sql("SET session_replication_role = DEFAULT")
            connection.commit()
    db.engine.dispose()


def test_an_untouched_trail_verifies_and_names_its_open_tail(chain):
    faults, tail = audit.verify()

    assert faults == []
    assert tail == 1


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE audit_entry SET action = 'case.other' WHERE position = 2", "case:1 #2: the entry was edited"),
        ("UPDATE audit_detail SET person_name = 'Bea' WHERE entry_id = 2", "case:1 #2: who or what was edited"),
        ("DELETE FROM audit_entry WHERE position = 2", "case:1 #3: an entry before it was removed or moved"),
        ("DELETE FROM audit_entry WHERE position >= 3", "case:1 #3: sealed in block 1, now missing or different"),
        ("UPDATE audit_entry SET position = 9 - position WHERE position IN (4)", "case:1 #5: an entry before it was"),
        ("UPDATE audit_block SET last_entry_id = 99", "block 1: edited, removed or moved"),
    ],
    ids=["action edited", "name edited", "row removed", "tail removed", "row moved", "block edited"],
)
def test_tampering_is_found(chain, statement, found):
    if statement.startswith("DELETE"):
        tamper(
            statement.replace("audit_entry WHERE", "audit_detail WHERE entry_id IN (SELECT id FROM audit_entry WHERE")
            + ")"
        )
    tamper(statement)

    faults, _tail = audit.verify()

    assert any(fault.startswith(found) for fault in faults), faults


@pytest.mark.parametrize("verb", ["UPDATE audit_entry SET action = 'x'", "DELETE FROM audit_entry"])
def test_the_database_itself_refuses_to_change_the_trail(chain, verb):
    with pytest.raises(sa.exc.DBAPIError), db.engine.connect() as connection:
        connection.exec_driver_sql(verb)


def test_erasing_who_it_was_leaves_the_chain_whole(chain, change):
    with change():
        db.session.execute(sa.delete(audit.AuditDetail))

    faults, _tail = audit.verify()

    assert faults == []
