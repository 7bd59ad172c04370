"""Migrations lead from nothing to the models and back, on both databases."""

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from certify import create_app
from certify.cli import schema
from certify.joining import import_models
from certify.kernel.db import Base, db
from tests.conftest import settings_for


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_house(request, tmp_path):
    """An application on a database without tables."""
    url = ""
    if request.param == "postgresql":
        address = request.getfixturevalue("postgres_address")
        server = sa.create_engine(address.format(name="postgres"), isolation_level="AUTOCOMMIT")
        with server.connect() as connection:
            connection.exec_driver_sql("DROP DATABASE IF EXISTS certify_migrations WITH (FORCE)")
            connection.exec_driver_sql("CREATE DATABASE certify_migrations")
        server.dispose()
        url = address.format(name="certify_migrations")
    import_models()
    app = create_app(settings_for(tmp_path, database_url=url), TESTING=True)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def tables() -> set[str]:
    return set(sa.inspect(db.engine).get_table_names()) - {"alembic_version"}


def test_up_down_up_leaves_exactly_the_tables_of_the_models(empty_house):
    schema.upgrade()
    assert tables() == set(Base.metadata.tables)
    schema.downgrade("base")
    assert tables() == set()

    schema.upgrade()

    assert tables() == set(Base.metadata.tables)
    assert schema.present() == schema.newest()


def test_the_newest_revision_is_what_the_models_say(empty_house):
    schema.upgrade()

    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        differences = compare_metadata(context, Base.metadata)

    assert differences == []


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET action = 'x'", "DELETE FROM audit_entry"])
def test_the_migrated_audit_trail_refuses_changes(empty_house, statement):
    from certify.kernel import audit
    from certify.kernel.db import transaction
    from certify.kernel.policy import Actor

    schema.upgrade()
    with transaction():
        audit.record("test", actor=Actor(name="Ana"))

    with pytest.raises(sa.exc.DBAPIError), db.engine.connect() as connection:
        connection.exec_driver_sql(statement)


def test_f9_a_database_of_a_newer_version_is_refused(empty_house):
    schema.upgrade()
    with db.engine.connect() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()

    with pytest.raises(schema.UnknownRevision):
        schema.ensure()
