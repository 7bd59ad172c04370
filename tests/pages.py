"""Pages as a visitor uses them: forms are read from the page and sent back filled in."""

from __future__ import annotations

import re
from typing import Any

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

SPACE = "{http://www.w3.org/1999/xhtml}"


def parsed(response: TestResponse) -> Any:
    """Parse the page strictly; a page that is not well-formed HTML5 fails the test."""
    return html5lib.HTMLParser(strict=False, namespaceHTMLElements=False).parse(response.text)


def fields(response: TestResponse, *, form: int = -1) -> dict[str, Any]:
    """Read a form's fields with their present values; by default the last form of the page."""
    return form_fields(parsed(response).findall(".//form")[form])


def form_fields(form: Any) -> dict[str, Any]:
    """Read the named fields of one form element."""
    found: dict[str, Any] = {}
    for element in form.iter():
        name, kind = element.get("name"), element.get("type", "text")
        if not name or kind in {"submit", "button", "file"}:
            continue
        if element.tag == "textarea":
            found[name] = (element.text or "").removeprefix("\n")
        elif element.tag == "select":
            chosen = [
                option.get("value", "") for option in element.iter("option") if option.get("selected") is not None
            ]
            found[name] = chosen if element.get("multiple") is not None else (chosen or [""])[0]
        elif element.tag == "input" and kind in {"checkbox", "radio"}:
            if element.get("checked") is not None:
                found.setdefault(name, []).append(element.get("value", "y"))
        elif element.tag == "input":
            found[name] = element.get("value", "")
    return found


def send(client: FlaskClient, address: str, *, form: int = -1, follow: bool = True, **values: Any) -> TestResponse:
    """Open a page, fill in its form and send it, as a person does."""
    page = client.get(address)
    if page.status_code != 200:
        return page
    known = fields(page, form=form)
    target = parsed(page).findall(".//form")[form].get("action") or address
    return client.post(target, data=known | values, follow_redirects=follow)


def csrf_token(client: FlaskClient, address: str) -> str:
    """Read the form token of a page."""
    match = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(address).text)
    return match.group(1) if match else ""


def words(response: TestResponse) -> str:
    """Return the page's text as a reader sees it, spaces folded."""
    return " ".join("".join(parsed(response).itertext()).split())
