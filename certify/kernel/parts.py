"""Parts of every page that are the same for all readers of one language: drawn once, then reused.

A verify page that thousands open at once spends most of its time on furniture otherwise.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from flask import current_app
from flask.templating import Environment as FlaskEnvironment
from markupsafe import Markup

from certify.kernel.i18n import current_language


class Environment(FlaskEnvironment):
    """The templates' surroundings, with one flat table of what every template knows.

    Jinja stacks two tables, and looks through both for every name of every import: a fifth of the time of a small page.
    """

    def make_globals(self, more: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return what a template knows from the start; extensions have joined theirs before the first one is read."""
        return {**self.globals, **(more or {})}


def part(name: str, language: str) -> Markup:
    """Return the part parts/<name>.html in the reader's language, which is the one in use.

    A part's template reads nothing of request, session or person, so nothing of one visitor can reach another.
    """
    drawn: dict[tuple[str, str], Markup] = current_app.extensions.setdefault("certify.parts", {})
    key = (name, language)
    if key not in drawn:
        template = current_app.jinja_env.get_template(f"parts/{name}.html")
        drawn[key] = Markup(template.render(current_locale=language))  # noqa: S704 - the template escapes what it prints
    return drawn[key]


def render_bare(template: str, **words: Any) -> str:
    """Draw a page that is the same for all readers of one language: no session, person or database is asked for it.

    What a page must stand on when something is out of order, and what shared caches may keep.
    """
    drawn = current_app.jinja_env.get_template(template)
    return drawn.render(words, bare=True, current_locale=current_language(), current_person=None, navigation=())
