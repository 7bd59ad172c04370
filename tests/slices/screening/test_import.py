"""Importing lists: on the officers' page, by command, twice at once, and cut off in the middle."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import textwrap
import threading

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from certify.accounts.rules import Role
from certify.kernel.db import db, transaction
from certify.kernel.errors import RuleBroken
from certify.screening import service
from certify.screening.cli import screening
from certify.screening.lists import generic
from certify.screening.models import ListEntry, ListImport, SanctionsList
from certify.screening.queries import find_list, list_hits, live_entries
from certify.screening.rules import Effect
from certify.screening.rules.verdicts import ListImported
from certify.screening.service import when_list_imported
from tests.makers import make_person
from tests.makers.organisations import make_organisation
from tests.makers.screening import EVERYDAY, HEADER, SYSTEM, make_list, screen
from tests.pages import fields, parsed, words
from tests.rules.screening_files import UN, sdn

PAGE = "/screening/lists/import"
TABLE = "\n".join([HEADER, *EVERYDAY]) + "\n"
GENERIC = {"kind": "generic", "list_id": "state-debarments", "title": "Debarments of an invented state"}
OFAC = {"kind": "ofac_sdn", "accept_drop": "An invented list for a test."}


@pytest.fixture
def officer(app, change):
    with change():
        return make_person("Olga", Role.OFFICER)


def table(*rows):
    """The files of a generic list."""
    return {"list.csv": "".join(f"{row}\n" for row in (HEADER, *EVERYDAY, *rows)).encode()}


def upload(client, files, **values):
    """Fill in the import page and send it with files, as a person does."""
    known = fields(client.get(PAGE)) | values
    sent = [(io.BytesIO(content), name) for name, content in files.items()]
    return client.post(PAGE, data=known | {"files": sent}, follow_redirects=True, content_type="multipart/form-data")


# -- the page ---------------------------------------------------------------------------------------------------------


def test_a_list_is_imported_and_shown_with_its_effect(officer, visit):
    page = upload(visit(officer), table(), **GENERIC)

    text = words(page)
    assert "version 1 is live, with 2 entries added, 0 removed and 0 changed." in text
    assert "Debarments of an invented state" in text
    assert "Shipped default; only a resolution of the Board changes it." in text
    assert find_list("state-debarments").effect is Effect.INFORMATIVE


def test_the_four_files_of_ofac_are_taken_together(officer, visit):
    page = upload(visit(officer), {name.upper(): content for name, content in sdn().items()}, **OFAC)

    assert "OFAC Specially Designated Nationals and Blocked Persons List: version 1 is live" in words(page)
    assert find_list("ofac-sdn").live.entries == 3


def test_the_security_council_list_excludes_from_the_start(officer, visit):
    upload(visit(officer), {"list.xml": UN.encode()}, kind="un_security_council", accept_drop="An invented list.")

    assert find_list("un-sc").effect is Effect.EXCLUDING


def test_the_same_files_again_are_no_change(officer, visit, time):
    client = visit(officer)
    upload(client, table(), **GENERIC)
    time.advance(days=3)

    page = upload(client, table(), **GENERIC)

    assert "no change. The files are those of its live version." in words(page)
    assert "Checked today." in words(page)
    assert find_list("state-debarments").live.number == 1


def test_a_list_in_its_publishers_name_is_not_taken_when_it_is_far_too_short(officer, visit):
    page = upload(visit(officer), sdn(), kind="ofac_sdn")

    assert page.status_code == 422
    assert "The list has 3 entries; between 5000 and 250000 are expected." in words(page)
    assert find_list("ofac-sdn") is None


def test_a_list_that_shrinks_by_half_needs_a_reason(officer, visit):
    client = visit(officer)
    upload(client, table(*(f"{n},company,Quarry Holding Number {n},,XK" for n in range(10, 30))), **GENERIC)

    refused = upload(client, table(), **GENERIC)
    taken = upload(client, table(), **GENERIC, accept_drop="The state let most of them off.")

    assert refused.status_code == 422
    assert "The list would fall from 22 to 2 entries." in words(refused)
    assert parsed(refused).find(".//input[@id='accept_drop']").get("aria-invalid") == "true"
    assert "version 2 is live" in words(taken)


@pytest.mark.parametrize(
    ("values", "files", "sentence"),
    [
        ({}, {}, "Choose which list it is. Choose the files of the list."),
        (GENERIC | {"list_id": "No Name"}, table(), "A short name has 1 to 40 small letters"),
        (GENERIC | {"list_id": "un-sc"}, table(), "The short name un-sc belongs to another list."),
        (GENERIC | {"title": ""}, table(), "Say how the new list is called"),
        (OFAC, {"sdn.csv": sdn()["sdn.csv"]}, "The file alt.csv is missing."),
        (OFAC, sdn() | {"cons_alt.csv": b"x"}, "A list has at most 4 files."),
        (OFAC, {"cons_prim.csv": b"x"}, "The file cons_prim.csv does not belong to this list."),
        (GENERIC, {"list.csv": b"uid,schema,name,price\n1,company,X,2\n"}, "has unknown columns: price."),
        (GENERIC, {"list.csv": f"{HEADER}\n{'9' * 90},company,Quarry,,XK\n".encode()}, "is too long."),
        (
            {"kind": "un_security_council"},
            {"list.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><CONSOLIDATED_LIST/>'},
            "declares a document type or entities, which the list never does.",
        ),
    ],
)
def test_files_are_refused_with_one_sentence_at_their_field(officer, visit, values, files, sentence):
    page = upload(visit(officer), files, **values)

    assert page.status_code == 422
    assert sentence in " ".join(words(page).split())
    assert db.session.scalars(sa.select(SanctionsList)).all() == []


def test_another_kind_of_list_does_not_take_the_place_of_one(officer, visit):
    client = visit(officer)
    upload(client, table(), **GENERIC)

    page = upload(client, sdn(), kind="ofac_sdn", list_id="state-debarments")

    assert page.status_code == 422
    assert "is of another kind. Choose another short name." in words(page)


def test_a_new_version_is_offered_with_what_is_known(officer, visit):
    client = visit(officer)
    upload(client, table(), **GENERIC)

    known = fields(client.get(f"{PAGE}?list=state-debarments"))

    assert known["kind"] == ["generic"]
    assert known["list_id"] == "state-debarments"


@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>alert(1)</script></html>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"MZ\x90\x00\x03\x00\x00\x00",
        b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript>>>>endobj\n%%EOF",
        b"PK\x03\x04\x14\x00",
    ],
    ids=["HTML", "SVG", "EXE", "PDF", "ZIP"],
)
@pytest.mark.parametrize("values", [GENERIC, OFAC, {"kind": "un_security_council"}], ids=["table", "ofac", "un"])
def test_input_36_what_only_calls_itself_a_list_is_refused(officer, visit, content, values):
    name = "sdn.csv" if values == OFAC else "list.csv"
    files = {name: content} | ({"alt.csv": b""} if values == OFAC else {})

    page = upload(visit(officer), files, **values)

    assert page.status_code == 422
    assert db.session.scalars(sa.select(SanctionsList)).all() == []


@pytest.mark.parametrize(
    ("values", "files"),
    [
        (GENERIC, {"list.csv": b""}),
        (GENERIC, {"list.csv": TABLE.encode()[:-30] + b'"'}),
        (OFAC, sdn() | {"sdn.csv": sdn()["sdn.csv"][:150]}),
        (OFAC, dict.fromkeys(sdn(), b"")),
        ({"kind": "un_security_council"}, {"list.xml": UN.encode()[:900]}),
        ({"kind": "un_security_council"}, {"list.xml": b""}),
    ],
)
def test_input_37_cut_and_empty_files_are_refused(officer, visit, values, files):
    page = upload(visit(officer), files, **values)

    assert page.status_code == 422
    assert db.session.scalars(sa.select(ListEntry)).all() == []


def test_input_20_a_list_is_never_fetched_from_an_address(officer, visit):
    client = visit(officer)

    page = upload(client, {}, **GENERIC, url="http://127.0.0.1:1/list.csv", source="http://169.254.169.254/")

    assert page.status_code == 422
    assert "Choose the files of the list." in words(page)
    assert not parsed(client.get(PAGE)).findall(".//input[@type='url']")


def test_input_32_file_names_are_cleaned_and_only_shown(officer, visit):
    upload(visit(officer), {"../../\u202eetc/x\u200b" + "n" * 300 + ".csv": TABLE.encode()}, **GENERIC)

    source = find_list("state-debarments").live.source
    assert source.startswith("xnnn")
    assert len(source) <= 120


# -- what follows -----------------------------------------------------------------------------------------------------


def test_a_new_version_screens_again_who_was_screened_and_nobody_else(app, change, work, time):
    director = {"name": "Belmonte, Zoraida Quintanar", "country": "PE", "role_title": "Gerente"}
    with change():
        make_list()
        screened = make_organisation(directors=(director,))
        other = make_organisation(directors=(director,))
        screen(screened)
    time.advance(days=1)

    with change():
        make_list("9,person,Zoraida Quintanar Belmonte,1970-02-03,XK")
        when_list_imported(ListImported("invented", 2))
    work()

    assert len(list_hits(organisation_id=screened.id)) == 1
    assert list_hits(organisation_id=other.id) == []


# -- the commands -----------------------------------------------------------------------------------------------------


@pytest.fixture
def command(app, monkeypatch):
    """Calls `certify screening ...` on the database of the test."""
    for name, value in surroundings(app).items():
        monkeypatch.setenv(name, value)

    def call(*arguments):
        result = CliRunner().invoke(screening, [str(argument) for argument in arguments])
        db.session.rollback()
        return result

    return call


def surroundings(app):
    """The settings of the house under test, for a command."""
    settings = app.config["CERTIFY"]
    return {
        "CERTIFY_MODE": "demonstration",
        "CERTIFY_INSTANCE": str(settings.instance),
        "CERTIFY_DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
        "CERTIFY_QUEUE_URL": "memory:",
        "CERTIFY_SECRET_KEY": settings.secret_key,
        "CERTIFY_PASSWORD_SALT": settings.password_salt,
    }


@pytest.fixture
def folder(tmp_path):
    """A folder laid out as lists are published."""
    for name, files in {"ofac": sdn(), "un": {"list.xml": UN.encode()}, "debarments": table()}.items():
        (tmp_path / name).mkdir()
        for file, content in files.items():
            (tmp_path / name / file).write_bytes(content)
    return tmp_path


def test_a_folder_or_its_files_are_imported(command, folder):
    whole = command("import", "ofac-sdn", folder, "--accept-drop", "invented")
    files = command("import", "un-security-council", folder / "un" / "list.xml", "--accept-drop", "invented")
    other = command("import", "generic", folder / "debarments", "--list-id", "debarments", "--title", "Debarments")
    again = command("import", "generic", folder / "debarments", "--list-id", "debarments")

    assert [result.exit_code for result in (whole, files, other, again)] == [0, 0, 0, 0]
    assert "ofac-sdn: version 1 is live with 3 entries: 3 added, 0 removed, 0 changed." in whole.stdout
    assert "un-sc: version 1 is live with 2 entries" in files.stdout
    assert "debarments: no change" in again.stdout
    listed = command("lists").stdout
    assert "debarments\tDebarments\tversion 1" in listed
    assert "excluding\tchecked 0 days ago" in listed


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("ofac-sdn", "ofac"), "The list has 3 entries; between 5000 and 250000 are expected."),
        (("ofac-consolidated", "ofac"), "The folder ofac holds no list of this kind."),
        (("generic", "debarments"), "A short name has 1 to 40 small letters"),
        (("ofac-sdn", "ofac/sdn.csv", "ofac"), "is no file."),
        (("ofac-sdn", "un/list.xml"), "The file list.xml does not belong to this list."),
    ],
)
def test_a_command_refuses_in_one_sentence(command, folder, arguments, sentence):
    kind, *paths = arguments

    result = command("import", kind, *(folder / path for path in paths))

    assert result.exit_code == 2
    assert sentence in result.stderr
    assert "Traceback" not in result.stderr
    assert db.session.scalars(sa.select(SanctionsList)).all() == []


def test_a_list_that_shrinks_is_taken_by_command_with_a_reason_only(command, folder):
    rows = [f"{n},company,Quarry Holding Number {n},,XK" for n in range(10, 30)]
    shrunk = folder / "debarments" / "list.csv"
    whole, part = table(*rows)["list.csv"], shrunk.read_bytes()
    shrunk.write_bytes(whole)
    command("import", "generic", shrunk, "--list-id", "debarments")
    shrunk.write_bytes(part)

    refused = command("import", "generic", shrunk, "--list-id", "debarments")
    taken = command("import", "generic", shrunk, "--list-id", "debarments", "--accept-drop", "They were let off.")

    assert refused.exit_code == 2
    assert "The list would fall from 22 to 2 entries." in refused.stderr
    assert "version 2 is live with 2 entries: 0 added, 20 removed, 0 changed." in taken.stdout


def test_companies_are_screened_by_command(command, change):
    with change():
        make_list("9,person,Zoraida Quintanar Belmonte,1970-02-03,XK")
        organisation = make_organisation(
            directors=({"name": "Zoraida Quintanar Belmonte", "country": "PE", "role_title": "x"},)
        )

    nobody = command("rescreen", "--all")
    one = command("rescreen", "--organisation", organisation.id)
    everybody = command("rescreen", "--all")

    assert "0 companies screened" in nobody.stdout
    assert "1 companies screened, 0 not screened." in one.stdout
    assert "1 companies screened" in everybody.stdout
    assert len(list_hits(organisation_id=organisation.id)) == 1


def test_a_screening_that_did_not_search_is_no_success(command, change):
    with change():
        organisation = make_organisation()

    result = command("rescreen", "--organisation", organisation.id)

    assert result.exit_code == 2
    assert "Not screened: No list has been imported." in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("rescreen",),
        ("rescreen", "--organisation", "0197a1b2-0000-7000-8000-000000000000"),
        ("import", "generic", "/no"),
    ],
)
def test_a_wrong_call_ends_with_exit_code_2(command, arguments):
    assert command(*arguments).exit_code == 2


# -- two at once, and cut off ------------------------------------------------------------------------------------------


def versions(list_id):
    query = sa.select(ListImport.number).where(ListImport.list_id == list_id).order_by(ListImport.number)
    return list(db.session.scalars(query))


def read(*rows):
    return generic.parse(table(*rows), list_id="invented")


def test_two_imports_at_once_leave_one_whole_version_after_the_other(app, change):
    with change():
        make_list()
    has_written, may_commit, outcomes = threading.Event(), threading.Event(), {}

    def first():
        with app.app_context(), transaction():
            service.import_list(read("10,company,Quarry One,,XK"), title="x", source="x", actor=SYSTEM)
            has_written.set()
            may_commit.wait(timeout=1.0)
            outcomes["first"] = "kept"

    def second():
        has_written.wait(timeout=10)
        with app.app_context():
            try:
                with transaction():
                    service.import_list(read("11,company,Quarry Two,,XK"), title="x", source="x", actor=SYSTEM)
                outcomes["second"] = "kept"
            except RuleBroken as fault:
                outcomes["second"] = str(fault)

    threads = [threading.Thread(target=work) for work in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)

    assert outcomes["first"] == "kept"
    assert outcomes["second"] in {"kept", "Another import of this list was quicker. Nothing was changed."}
    numbers = versions("invented")
    assert numbers == list(range(1, len(numbers) + 1))
    newest = "invented:11" if outcomes["second"] == "kept" else "invented:10"
    assert {entry.uid for entry in live_entries("invented")} == {"invented:1", "invented:2", newest}


CUT_OFF = """
    import os, signal
    from certify import create_app
    from certify.kernel.db import transaction
    from certify.kernel.policy import Actor
    from certify.screening import service
    from certify.screening.lists import generic

    rows = "uid,schema,name\\n" + "".join(f"{n},company,Quarry Number {n}\\n" for n in range(3_000))
    parsed = generic.parse({"list.csv": rows.encode()}, list_id="invented")
    with create_app().app_context(), transaction():
        done = []
        def told(entries):
            done.append(entries)
            if len(done) == 3:
                os.kill(os.getpid(), signal.SIGKILL)
        service.import_list(parsed, title="x", source="x", actor=Actor.system("test"), told=told)
"""


def test_a_killed_import_leaves_the_old_version_live(app, change):
    with change():
        make_list()
    before = {entry.uid for entry in live_entries("invented")}
    db.session.rollback()

    cut = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(CUT_OFF)],
        env=os.environ | surroundings(app),
        capture_output=True,
        text=True,
        check=False,
    )

    assert cut.returncode == -9, cut.stderr
    assert versions("invented") == [1]
    assert {entry.uid for entry in live_entries("invented")} == before
    with change():
        make_list("10,company,Quarry One,,XK")
    assert versions("invented") == [1, 2]
