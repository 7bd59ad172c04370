"""Parts of every page that are the same for all readers of one language: drawn once, then reused.

A verify page that thousands open at once spends most of its time on furniture otherwise.
"""

from __future__ import annotations

from flask import current_app
from markupsafe import Markup


def part(name: str, language: str) -> Markup:
    """Return the part parts/<name>.html in the reader's language, which is the one in use.

    A part's template reads nothing of request, session or person, so nothing of one visitor can reach another.
    """
    drawn: dict[tuple[str, str], Markup] = current_app.extensions.setdefault("certify.parts", {})
    key = (name, language)
    if key not in drawn:
        template = current_app.jinja_env.get_template(f"parts/{name}.html")
        drawn[key] = Markup(template.render())  # noqa: S704 - the template escapes what it prints
    return drawn[key]
