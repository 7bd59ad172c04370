"""Questions that thousands ask at once: compiled once, then put to the database's driver itself.

The statement and the types are SQLAlchemy's. Left out are the session, the transaction and the making of the statement
anew for each asking, which take five times as long as the answer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from certify.kernel.db import db
from certify.kernel.errors import Unavailable
from certify.kernel.i18n import _

Reader = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Form:
    """A question as one kind of database takes it."""

    sql: str
    fixed: dict[str, Any]
    """Values that are part of the question."""
    order: tuple[str, ...] | None
    """Names of the values in the order of their places; None where the driver takes them by name."""
    readers: tuple[tuple[int, Reader], ...]
    """Place of a column, and how what the driver returns for it is read."""

    def filled(self, values: dict[str, Any]) -> Any:
        """Return the values as the driver takes them."""
        known = {**self.fixed, **values}
        return known if self.order is None else [known[name] for name in self.order]

    def read(self, row: Any) -> tuple[Any, ...]:
        """Return a row with every value in its own type."""
        values = list(row)
        for place, reader in self.readers:
            if (value := values[place]) is not None:
                values[place] = reader(value)
        return tuple(values)


class Prepared:
    """One question, asked as often as wanted; one statement sees one moment by itself."""

    def __init__(self, question: sa.Select[*tuple[Any, ...]]) -> None:
        self._question = question
        self._forms: dict[str, Form] = {}

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """Answer for these values, fresh from the database; raises Unavailable where it does not answer."""
        engine = db.engine
        form = self._forms.get(engine.dialect.name) or self._prepare(engine.dialect)
        try:
            connection = engine.raw_connection()
            try:
                cursor = connection.cursor()
                cursor.execute(form.sql, form.filled(values))
                found = cursor.fetchall()
            finally:
                connection.close()
        except (engine.dialect.loaded_dbapi.Error, sa.exc.SQLAlchemyError) as fault:
            raise Unavailable(_("The database does not answer. Please try again in a moment.")) from fault
        return [form.read(row) for row in found]

    def _prepare(self, dialect: sa.Dialect) -> Form:
        compiled = self._question.compile(dialect=dialect)
        order = getattr(compiled, "positiontup", None)
        readers = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in self._columns()]
        form = Form(
            sql=str(compiled),
            fixed={name: _bound(bound, dialect) for name, bound in _binds(compiled).items()},
            order=None if order is None else tuple(order),
            readers=tuple((place, reader) for place, reader in enumerate(readers) if reader is not None),
        )
        self._forms[dialect.name] = form
        return form

    def _columns(self) -> list[sa.ColumnElement[Any]]:
        return list(self._question.selected_columns)


def _binds(compiled: Any) -> dict[str, sa.BindParameter[Any]]:
    binds: dict[str, sa.BindParameter[Any]] = compiled.binds
    return binds


def _bound(bound: sa.BindParameter[Any], dialect: sa.Dialect) -> Any:
    """Return a fixed value as the driver takes it; None stands for one that comes with the asking."""
    write = bound.type.dialect_impl(dialect).bind_processor(dialect)
    return write(bound.value) if write is not None else bound.value
