"""The house itself: its order is kept, every page is guarded, every sentence has its place."""

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
PACKAGE = PROJECT / "certify"
UNGUARDED = {"static", "bootstrap.static"}
"""Files that anyone may fetch."""
MODULES = [path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts]
LONGEST_MODULE, LONGEST_FUNCTION = 300, 50


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Check the order of imports in a copy of the house."""
    script = "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports_command as c; c()"
    return subprocess.run(
        [sys.executable, "-c", script, "--config", "setup.cfg", "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/usr/bin:/bin", "COLUMNS": "200"},
    )


@pytest.fixture(scope="module")
def copy_of_the_house(tmp_path_factory):
    folder = tmp_path_factory.mktemp("house")
    shutil.copytree(PACKAGE, folder / "certify", ignore=shutil.ignore_patterns("static", "templates", "__pycache__"))
    shutil.copy(PROJECT / "setup.cfg", folder)
    return folder


def test_the_order_of_the_house_is_kept(copy_of_the_house):
    result = lint_imports(copy_of_the_house)

    assert result.returncode == 0, result.stdout[-3000:]


@pytest.mark.parametrize(
    ("file", "statement", "contract"),
    [
        ("board/service.py", "import certify.applications.models", "Slices stand in the order"),
        ("kernel/clock.py", "import certify.accounts.rules", "Slices stand in the order"),
        ("outside/mail.py", "import certify.kernel.errors", "Slices stand in the order"),
        ("board/tally.py", "import flask", "Rules are pure"),
        ("accounts/rules.py", "import certify.kernel.errors", "Rules are pure"),
        ("accounts/queries.py", "import wtforms", "Services, queries and models know no web"),
        ("accounts/models.py", "import certify.accounts.queries", "Files of a slice"),
        ("accounts/policy.py", "import certify.accounts.models", "Files of a slice"),
    ],
)
def test_each_contract_fails_when_it_is_broken_on_purpose(copy_of_the_house, file, statement, contract):
    path = copy_of_the_house / "certify" / file
    if not path.exists():
        path = path.with_suffix("") / "__init__.py"
    whole = path.read_text()
    path.write_text(f"{whole}\n{statement}\n")

    result = lint_imports(copy_of_the_house)

    path.write_text(whole)
    assert result.returncode != 0
    assert re.search(rf"{contract}.*BROKEN", result.stdout), result.stdout[-3000:]


def test_a_slice_that_is_not_in_the_order_is_refused(copy_of_the_house):
    room = copy_of_the_house / "certify" / "unlisted"
    room.mkdir()
    (room / "__init__.py").write_text('"""A room outside the order."""\n')

    result = lint_imports(copy_of_the_house)

    shutil.rmtree(room)
    assert result.returncode != 0


def test_every_page_names_an_action_that_the_policy_knows(app):
    for rule in app.url_map.iter_rules():
        if rule.endpoint not in UNGUARDED:
            view = app.view_functions[rule.endpoint]
            assert getattr(view, "action", None) in app.extensions["certify.policy"], rule.endpoint


def test_every_reaction_listens_to_an_event_of_a_slice(app):
    for event in app.extensions["certify.reactions"]:
        assert event.__module__.startswith("certify."), event
        assert ".rules" in event.__module__, event


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_modules_are_short_and_say_what_they_are_for(path):
    source = path.read_text()
    tree = ast.parse(source)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]

    assert source.count("\n") <= LONGEST_MODULE
    assert ast.get_docstring(tree)
    for function in functions:
        length = (function.end_lineno or 0) - function.lineno + 1
        assert length <= LONGEST_FUNCTION, function.name
        nested = any(function in ast.walk(other) for other in functions if other is not function)
        if not function.name.startswith("_") and not nested:
            assert ast.get_docstring(function), function.name


def test_no_service_ends_a_transaction():
    for path in [*PACKAGE.rglob("service.py"), *PACKAGE.rglob("service/*.py")]:
        assert not re.search(r"\.(commit|rollback)\(", path.read_text()), path
        assert "transaction(" not in path.read_text(), path


def test_each_of_the_forty_inputs_has_a_test_that_bears_its_number():
    named = re.compile(r"def test_inputs?_((?:\d+(?:_to_|_and_|_)?)+)")
    found: set[int] = set()
    for path in (PROJECT / "tests").rglob("test_*.py"):
        for numbers in named.findall(path.read_text(encoding="utf-8")):
            listed = [int(number) for number in re.findall(r"\d+", numbers)]
            found |= set(range(listed[0], listed[-1] + 1)) if "_to_" in numbers else set(listed)

    assert set(range(1, 41)) - found == set()
