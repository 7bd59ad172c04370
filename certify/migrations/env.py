"""How alembic meets the house: the engine and the tables are handed in by certify.cli.schema."""

from alembic import context
from sqlalchemy import types


def plain_type(kind, item, _autogen):
    """Write our own column types as SQLAlchemy's: a migration imports nothing from certify."""
    if kind == "type" and type(item).__module__.startswith("certify"):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, types.Enum):
        return f"sa.String(length={item.length})"
    return False


def run() -> None:
    """Migrate inside one transaction."""
    config = context.config
    engine = config.attributes["engine"]
    with engine.connect() as connection:
        sqlite = engine.dialect.name == "sqlite"
        context.configure(
            connection=connection,
            target_metadata=config.attributes["metadata"],
            render_as_batch=sqlite,
            render_item=plain_type,
            transactional_ddl=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()
