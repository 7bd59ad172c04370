"""Icons drawn into the page one at a time, so that no visitor downloads the whole set.

The drawings are Bootstrap Icons (MIT licence), read from the Bootstrap-Flask wheel that also serves the style sheet.
"""

import re
from functools import cache
from importlib.resources import files

from markupsafe import Markup

_SYMBOL = re.compile(r'<symbol [^>]*?viewBox="0 0 16 16" id="(?P<name>[a-z0-9-]+)">(?P<paths>.*?)</symbol>', re.DOTALL)


@cache
def icon_svg(name: str) -> Markup:
    """Draw one Bootstrap Icon as inline SVG, 16 units square and in the colour of the text around it.

    The drawing is hidden from assistive technology: an icon always stands beside the word it repeats.

    Raises:
        LookupError: the set has no icon of this name; a fault of the template, never of a visitor.
    """
    try:
        paths = _drawings()[name]
    except KeyError:
        raise LookupError(f"Bootstrap Icons has no icon named {name!r}.") from None
    return Markup(  # noqa: S704 - the paths come from the installed wheel, the name only selects among them
        '<svg class="icon" width="16" height="16" viewBox="0 0 16 16" fill="currentColor" '
        f'aria-hidden="true" focusable="false">{paths}</svg>'
    )


@cache
def _drawings() -> dict[str, str]:
    """Read the sprite of the wheel once, as icon name and the paths that draw it."""
    sprite = files("flask_bootstrap") / "static" / "bootstrap5" / "icons" / "bootstrap-icons.svg"
    return {match["name"]: match["paths"] for match in _SYMBOL.finditer(sprite.read_text(encoding="utf-8"))}
