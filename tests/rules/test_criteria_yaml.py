"""The small part of YAML that frameworks are written in, and hostile files that are refused unexpanded."""

from __future__ import annotations

import time
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from certify.criteria.definition import read_folder
from certify.criteria.definition.plain_yaml import LARGEST_FILE, read_plain_yaml
from certify.criteria.definition.shapes import UNREAD
from tests.makers.frameworks import example_folder


def read(content: str | bytes) -> tuple[Any, list[str]]:
    value, faults = read_plain_yaml(content.encode() if isinstance(content, str) else content, "framework.yml")
    return value, [str(fault) for fault in faults]


def test_mappings_lists_strings_and_integers_are_read() -> None:
    content = "---\na: [1, -2, 'yes', \"8.10\", word]\nb:\n  c: |\n    two\n    lines\n  d: '0'\n...\n"

    value, faults = read(content)

    assert value == {"a": [1, -2, "yes", "8.10", "word"], "b": {"c": "two\nlines\n", "d": "0"}}
    assert faults == []


MISREAD = {
    "a boolean": "true",
    "yes": "yes",
    "no": "no",
    "on": "On",
    "a null": "null",
    "a tilde": "~",
    "a float": "8.10",
    "a float with a point first": ".5",
    "an exponent": "1.0e+3",
    "infinity": ".inf",
    "not a number": ".nan",
    "a date": "2026-03-01",
    "a time": "2026-03-01T09:30:00Z",
    "an octal": "010",
    "underscores": "1_000",
    "hexadecimal": "0x10",
    "binary": "0b1",
    "sexagesimal": "1:30",
    "a plus sign": "+5",
    "nineteen digits": "1234567890123456789",
    "the value key": "=",
    "the merge key": "<<",
}


@pytest.mark.parametrize("written", MISREAD.values(), ids=MISREAD.keys())
@pytest.mark.parametrize("place", ["a: {}", "a: [{}]", "{}"])
def test_what_yaml_reads_otherwise_must_be_quoted(written: str, place: str) -> None:
    _, faults = read(place.format(written) + "\n")

    assert faults


@pytest.mark.parametrize("written", MISREAD.values())
def test_quoted_it_is_a_string(written: str) -> None:
    value, faults = read(f"a: '{written}'\n")

    assert (value, faults) == ({"a": written}, [])


REFUSED = {
    "an anchor": "a: &x 1\n",
    "an anchor on a mapping": "a: &x {b: 1}\n",
    "an alias": "a: &x 1\nb: *x\n",
    "an alias without anchor": "a: *x\n",
    "a string tag": "a: !!str x\n",
    "a tag without name": "a: ! x\n",
    "a tag of one's own": "a: !mine x\n",
    "a python tag": "a: !!python/object/apply:os.system ['id']\n",
    "a tag on a list": "a: !!set {b, c}\n",
    "a merge": "a: {b: 1}\nc:\n  <<: {d: 1}\n",
    "a key twice": "a: 1\nb: 2\na: 3\n",
    "a key twice deep inside": "a:\n  - {b: 1, b: 1}\n",
    "an integer key": "1: a\n",
    "a boolean key": "yes: a\n",
    "a null key": "~: a\n",
    "a list as key": "? [a]\n: b\n",
    "a mapping as key": "? {a: b}\n: c\n",
    "two documents": "a: 1\n---\nb: 1\n",
    "a directive": "%YAML 1.1\n---\na: 1\n",
    "a tag directive": "%TAG ! tag:x,2000:\n---\na: 1\n",
    "nothing": "",
    "a comment alone": "# so\n",
    "an open bracket": "a: [1\n",
    "a tab": "a:\n\t- b\n",
    "a lone surrogate": 'a: "\\ud800"\n',
    "not UTF-8": b"a: \xff\n",
    "UTF-16": "a: 1\n".encode("utf-16"),
    "a byte order mark": b"\xef\xbb\xbfa: 1\n",
    "a control character": "a: \x01\n",
    "binary": bytes(range(256)),
}


@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED.keys())
def test_everything_else_is_refused(content: str | bytes) -> None:
    _, faults = read(content)

    assert faults
    assert all("\n" not in fault and len(fault) < 300 for fault in faults)


def test_every_fault_of_a_file_is_named_with_its_line() -> None:
    _, faults = read("a: yes\nb: 1.5\nc: &x 1\nd: 1\nd: 2\n")

    assert [fault.split(":")[1].strip() for fault in faults] == ["line 1", "line 2", "line 3", "line 5"]


def test_the_largest_file_is_one_mebibyte() -> None:
    _, at_limit = read(b"a: '" + b"x" * (LARGEST_FILE - 5) + b"'")
    _, above = read(b"a: '" + b"x" * (LARGEST_FILE - 4) + b"'")

    assert at_limit == []
    assert above == ["framework.yml: is larger than 1 MiB."]


LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
HOSTILE = {
    "a billion laughs": LAUGHS.encode(),
    "aliases without end": b"a: &a 1\nb: [" + b"*a, " * 250_000 + b"*a]",
    "tags without end": b"- !x y\n" * 140_000,
    "lists without end": b"[" * 1_000_000,
    "mappings without end": b"{a: " * 250_000,
    "block lists without end": b"- " * 500_000,
    "keys without end": b"? " * 500_000,
    "a huge integer": b"a: " + b"9" * 1_000_000,
    "the same key without end": b"a: 1\n" * 200_000,
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_file_is_refused_quickly_and_in_little_memory(content: bytes) -> None:
    started = time.process_time()
    tracemalloc.start()
    try:
        value, faults = read_plain_yaml(content, "framework.yml")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert faults and len(faults) < 300
    assert value is UNREAD or value
    assert time.process_time() - started < 4
    assert peak < 100 * 1024 * 1024


def test_a_hundred_megabytes_are_refused_unread(tmp_path: Path) -> None:
    folder = example_folder(tmp_path)
    with (folder / "framework.yml").open("wb") as opened:
        opened.truncate(100 * 1024 * 1024)

    reading = read_folder(folder)

    assert [str(fault) for fault in reading.faults] == ["framework.yml: is larger than 1 MiB."]


def test_a_folder_holds_exactly_the_four_texts(tmp_path: Path) -> None:
    folder = example_folder(tmp_path)
    (folder / "text" / "de.yml").write_text("a: b\n")
    (folder / "text" / "fr.yml").unlink()

    reading = read_folder(folder)

    assert [str(fault) for fault in reading.faults] == [
        "text/de.yml: is not one of the four texts of a framework.",
        "text/fr.yml: is missing.",
    ]


def test_what_is_no_plain_file_is_not_opened(tmp_path: Path) -> None:
    folder = example_folder(tmp_path)
    for name in ("en", "es"):
        (folder / "text" / f"{name}.yml").unlink()
    (folder / "text" / "en.yml").mkdir()
    (folder / "text" / "es.yml").symlink_to("/dev/zero")

    reading = read_folder(folder)

    assert [str(fault) for fault in reading.faults] == [
        "text/en.yml: is not a plain file.",
        "text/es.yml: is not a plain file.",
    ]
