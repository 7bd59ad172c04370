"""Keeps the catalogues in step with the code: `python -m certify.translations.catalogues check|update|compile`."""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).resolve().parent
PACKAGE = HERE.parent
LANGUAGES = ("es", "fr", "pt")
METHODS = [
    ("**/migrations/**", "ignore"),
    ("**.py", "python"),
    ("templates/**.html", "jinja2"),
    ("templates/**.txt", "jinja2"),
]
OPTIONS = {"templates/**.html": {"trimmed": "true"}, "templates/**.txt": {"trimmed": "true"}}
KEYWORDS = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}


def extracted() -> Catalog:
    """Collect every sentence of the code and the templates."""
    template = Catalog(project="certify", charset="utf-8")
    for name, _line, message, _comments, context in extract_from_dir(PACKAGE, METHODS, OPTIONS, KEYWORDS):
        template.add(message, locations=[(name, 0)], context=context)
    return template


def path_of(language: str) -> Path:
    """Return where a language's catalogue lies."""
    return HERE / language / "LC_MESSAGES" / "messages.po"


def read(language: str) -> Catalog:
    """Read a language's catalogue, an empty one where there is none yet."""
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language, project="certify", charset="utf-8")
    with path.open("rb") as handle:
        return read_po(handle, locale=language)


def update() -> None:
    """Bring new sentences into the catalogues and drop those that are gone."""
    template = extracted()
    for language in LANGUAGES:
        catalogue = read(language)
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        path_of(language).parent.mkdir(parents=True, exist_ok=True)
        with path_of(language).open("wb") as handle:
            write_po(handle, catalogue, width=120, sort_output=True, omit_header=False, include_lineno=False)


def faults(language: str, template: Catalog) -> list[str]:
    """Name every sentence that a language lacks, has only roughly, or says with other placeholders."""
    catalogue = read(language)
    found = []
    for message in template:
        if not message.id:
            continue
        kept = catalogue.get(message.id, message.context)
        said = kept.string if kept else ""
        if not kept or not all(said if isinstance(said, tuple | list) else [said]):
            found.append(f"{language}: missing: {message.id!r}")
        elif kept.fuzzy:
            found.append(f"{language}: fuzzy: {message.id!r}")
        else:
            found += [f"{language}: {fault}: {message.id!r}" for fault in kept.check(catalogue)]
    return found


def check() -> int:
    """Print every fault; the exit code for `make lint`."""
    template = extracted()
    found = [fault for language in LANGUAGES for fault in faults(language, template)]
    sys.stderr.write("".join(f"{fault}\n" for fault in found))
    sys.stdout.write(f"{len(template)} sentences, {len(found)} faults in {', '.join(LANGUAGES)}\n")
    return 1 if found else 0


def compile_all() -> None:
    """Write the binary catalogues that the service reads; done by `make install`."""
    for language in LANGUAGES:
        buffer = BytesIO()
        write_mo(buffer, read(language))
        target = path_of(language).with_suffix(".mo")
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists() or target.read_bytes() != buffer.getvalue():
            target.write_bytes(buffer.getvalue())


if __name__ == "__main__":
    chosen = sys.argv[1] if len(sys.argv) > 1 else "check"
    if chosen == "check":
        sys.exit(check())
    {"update": update, "compile": compile_all}[chosen]()
