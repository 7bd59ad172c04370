"""The pages of screening as officers, auditors and others use them."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from certify.accounts.rules import Role
from certify.interests import service as interests
from certify.interests.rules import Interest, Nature
from certify.kernel.db import db
from certify.kernel.jobs import OutboxRow
from certify.organisations.rules import OwnerKind
from certify.screening import service
from certify.screening.models import Adjudication
from certify.screening.queries import list_hits
from certify.screening.rules import Effect, HitStatus
from certify.screening.rules.verdicts import ReasonCode
from tests.makers import make_person
from tests.makers.organisations import make_organisation
from tests.makers.screening import EVERYDAY, SYSTEM, make_list, screen
from tests.pages import csrf_token, fields, parsed, send, words

PLANTED = "9,person,Zoraida Quintanar Belmonte,1970-02-03,XK"
SECOND_PLANTED = "11,person,Wenceslao Ibargoyen Sarratea,,XK"
DIRECTOR = {"name": "Belmonte, Zoraida Quintanar", "country": "PE", "role_title": "Gerente"}
NEAR = {"name": "Wenceslao Ibargoien Sarratea", "country": "PE", "role_title": "Vocal"}
CLEARED = {"verdict": "false_positive", "reason_code": "other_country", "text": "Another nationality and age."}
MATCHED = {"verdict": "true_match", "reason_code": "same_identity", "text": "Name and birth year agree."}


@pytest.fixture
def olga(app, change):
    with change():
        return make_person("Olga", Role.OFFICER)


@pytest.fixture
def oscar(app, change):
    with change():
        return make_person("Oscar", Role.OFFICER)


@pytest.fixture
def company(app, change):
    with change():
        make_list(PLANTED, SECOND_PLANTED)
        organisation = make_organisation(legal_name="Turbinas Cenit S.A.", directors=(DIRECTOR, NEAR))
        screen(organisation)
    return organisation


@pytest.fixture
def hits(company):
    """The hit on the planted director, near-certain, and the one on a director of a like name."""
    found = sorted(list_hits(organisation_id=company.id), key=lambda hit: -hit.score_bp)
    assert len(found) == 2
    return found


def address(hit, suffix=""):
    return f"/screening/hits/{hit.id}{suffix}"


# -- the queue --------------------------------------------------------------------------------------------------------


def test_an_empty_queue_says_what_will_appear_and_what_to_do_first(olga, visit):
    page = words(visit(olga).get("/screening/"))

    assert "No list has been imported yet, so nobody is screened." in page
    assert "Import the first list" in page
    assert "No hit waits" in page


def test_hits_stand_by_score(olga, hits, visit):
    page = visit(olga).get("/screening/")

    shown = [link.text for link in parsed(page).findall(".//tbody//th/a")]
    assert shown == [hit.our_name for hit in hits]


def test_filters_are_kept_in_the_address_and_narrow_what_is_next(olga, hits, visit):
    client = visit(olga)

    page = client.get("/screening/?q=ibargoien&list=invented")

    [link] = parsed(page).findall(".//tbody//th/a")
    assert link.get("href") == f"{address(hits[1])}?list=invented&q=ibargoien"
    assert "Next hit" not in words(client.get(link.get("href")))


def test_the_other_order_is_a_link(olga, hits, visit):
    page = visit(olga).get("/screening/?sort=score")

    shown = [link.text for link in parsed(page).findall(".//tbody//th/a")]
    assert shown == [hit.our_name for hit in reversed(hits)]


def test_what_waits_for_my_second_opinion_stands_first(olga, oscar, hits, visit):
    send(visit(olga), address(hits[1]), **MATCHED)

    page = visit(oscar).get("/screening/")

    tables = parsed(page).findall(".//table")
    assert tables[0].find("caption").text == "Waiting for your agreement"
    assert [link.text for link in tables[0].findall(".//tbody//th/a")] == [hits[1].our_name]
    assert [link.text for link in tables[1].findall(".//tbody//th/a")] == [hits[0].our_name]
    assert "Waiting for your agreement" not in words(visit(olga).get("/screening/"))


@pytest.mark.parametrize("search", ["<script>alert(1)</script>", '"><img src=x>'])
def test_input_15_a_search_is_escaped(olga, hits, visit, search):
    page = visit(olga).get("/screening/", query_string={"q": search})

    assert search not in page.text
    assert "No hit fits these filters." in words(page)


@pytest.mark.parametrize("search", ["%", "_", "' OR 1=1 --", "x' UNION SELECT 1 --", "\\"])
def test_input_16_signs_of_sql_are_looked_for_literally(olga, hits, visit, search):
    page = visit(olga).get("/screening/", query_string={"q": search, "list": search, "sort": search, "page": search})

    assert page.status_code == 200
    assert "No hit fits these filters." in words(page)


@pytest.mark.parametrize("number", ["0", "-1", "99999999999999999999", "²", "NaN"])
def test_a_page_number_that_is_none_shows_a_page(olga, hits, visit, number):
    assert visit(olga).get("/screening/", query_string={"page": number}).status_code == 200


# -- a hit ------------------------------------------------------------------------------------------------------------


def test_a_hit_shows_both_records_the_features_and_the_list(olga, hits, visit):
    page = visit(olga).get(address(hits[1]))

    text = words(page)
    assert "Is this the same person?" in text
    assert "Turbinas Cenit S.A. · Director" in text
    assert [mark.text for mark in parsed(page).findall(".//mark")] == ["Ibargoien", "Ibargoyen"]
    assert "is spelled nearly like" in text
    assert "Excluding: a confirmed match ends the case." in text
    assert f"{hits[1].score_bp // 100} percent" in text
    assert "Version 1 of March 2, 2026" in text


def test_a_verdict_is_recorded_and_the_next_hit_opens(olga, hits, visit):
    page = send(visit(olga), address(hits[0]), **CLEARED)

    assert page.request.path == address(hits[1])
    assert "It waits for a second officer." in words(page)
    assert hits[0].proposed.reason_code is ReasonCode.OTHER_COUNTRY


def test_after_the_last_hit_the_queue_opens(olga, hits, visit):
    client = visit(olga)
    send(client, address(hits[0]), **CLEARED)

    page = send(client, address(hits[1]), **CLEARED)

    assert page.request.path == "/screening/"
    assert hits[1].status is HitStatus.FALSE_POSITIVE


def test_nothing_typed_is_lost_when_a_reason_does_not_fit(olga, hits, visit):
    page = send(visit(olga), address(hits[0]), **(CLEARED | {"reason_code": "same_identity"}))

    assert page.status_code == 422
    assert "This reason does not go with this verdict." in words(page)
    assert fields(page)["text"] == CLEARED["text"]
    assert fields(page)["verdict"] == ["false_positive"]


def test_a_form_without_a_choice_says_what_to_choose(olga, hits, visit):
    page = send(visit(olga), address(hits[0]))

    assert page.status_code == 422
    assert "Choose a verdict. Choose a reason." in " ".join(words(page).split())


def test_a_second_press_of_the_button_is_one_verdict(olga, hits, visit):
    client = visit(olga)
    values = fields(client.get(address(hits[1]))) | CLEARED

    first = client.post(address(hits[1]), data=values)
    second = client.post(address(hits[1]), data=values)

    assert first.status_code == second.status_code == 302
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Adjudication)) == 1


def test_the_proposer_sees_that_a_colleague_has_to_agree(olga, hits, visit):
    client = visit(olga)
    send(client, address(hits[0]), **MATCHED)

    page = client.get(address(hits[0]))

    assert "The verdict True match waits for a second officer." in words(page)
    assert "Agree with the verdict" not in words(page)


def test_the_second_officer_agrees(olga, oscar, hits, visit):
    send(visit(olga), address(hits[0]), **MATCHED)

    page = send(visit(oscar), address(hits[0]), opinion="agree")

    assert "You agreed" in words(page)
    assert hits[0].status is HitStatus.TRUE_MATCH


def test_disagreeing_needs_words_and_opens_the_hit_again(olga, oscar, hits, visit):
    send(visit(olga), address(hits[0]), **MATCHED)
    client = visit(oscar)

    silent = send(client, address(hits[0]), opinion="disagree")
    spoken = send(client, address(hits[0]), opinion="disagree", text="The birth year is another one.")

    assert silent.status_code == 422
    assert "Say in a sentence why you disagree" in words(silent)
    assert "You disagreed." in words(spoken)
    assert hits[0].status is HitStatus.OPEN
    assert "“The birth year is another one.”" in words(client.get(address(hits[0])))


def test_a_second_opinion_without_a_button_is_asked_for_again(olga, oscar, hits, visit):
    send(visit(olga), address(hits[0]), **MATCHED)

    page = send(visit(oscar), address(hits[0]))

    assert page.status_code == 422
    assert "Press one of the two buttons." in words(page)


def test_input_11_the_proposer_does_not_confirm(olga, hits, visit):
    client = visit(olga)
    values = fields(client.get(address(hits[0])))
    client.post(address(hits[0]), data=values | MATCHED)

    page = client.post(address(hits[0], "/second-opinion"), data=values | {"opinion": "agree"})

    assert page.status_code == 409
    assert hits[0].status is HitStatus.OPEN


def test_a_decided_hit_shows_its_history_and_no_form(olga, hits, visit):
    client = visit(olga)
    send(client, address(hits[1]), **CLEARED)

    page = client.get(address(hits[1]))

    assert "Decided: False positive. Reason: Another country." in words(page)
    assert "Record the verdict" not in words(page)


def test_a_changed_entry_shows_what_was_decided_on_the_old_one(olga, company, hits, change, visit):
    send(visit(olga), address(hits[1]), **CLEARED)
    with change():
        make_list(PLANTED, SECOND_PLANTED.replace(",,XK", ",1980,XK"))
        screen(company)

    [new] = [hit for hit in list_hits(organisation_id=company.id) if "1980" in str(hit.entry["birth_dates"])]
    page = visit(olga).get(address(new))

    assert "Decided on the same entry before one of the records changed" in words(page)
    assert "False positive" in words(page)


def test_input_14_and_17_names_on_lists_and_in_companies_are_printed_as_text(olga, change, visit):
    evil = "Zoraida <script>alert(1)</script> {{7*7}} Quintanar"
    with change():
        make_list(f"9,person,{evil},,XK")
        organisation = make_organisation(directors=({"name": evil, "country": "PE", "role_title": "x"},))
        screen(organisation)
    [hit] = list_hits(organisation_id=organisation.id)
    client = visit(olga)

    for page in (
        client.get("/screening/"),
        client.get(address(hit)),
        client.get(f"/screening/organisations/{organisation.id}"),
    ):
        assert "<script>alert" not in page.text
        assert "{{7*7}}" in words(page)


def test_input_4_more_fields_than_the_form_has_change_nothing(olga, hits, visit):
    send(visit(olga), address(hits[1]), **CLEARED, status="true_match", score_bp="1", officer_id="x")

    assert hits[1].status is HitStatus.FALSE_POSITIVE
    assert hits[1].score_bp > 1


def test_a_verdict_that_no_form_offers_is_refused(olga, hits, visit):
    page = send(visit(olga), address(hits[1]), **(CLEARED | {"verdict": "delisted"}))

    assert page.status_code == 422
    assert hits[1].status is HitStatus.OPEN


# -- a company --------------------------------------------------------------------------------------------------------


def test_a_company_that_was_never_screened_is_not_called_clear(olga, change, visit):
    with change():
        organisation = make_organisation()

    text = words(visit(olga).get(f"/screening/organisations/{organisation.id}"))

    assert "Not screened is never clear" in text
    assert "Adverse media are not screened automatically." in text
    assert "Never" in text


def test_a_company_shows_lists_runs_and_hits(olga, company, hits, visit):
    page = visit(olga).get(f"/screening/organisations/{company.id}")

    captions = [caption.text for caption in parsed(page).findall(".//caption")]
    assert captions == ["Hits", "Lists that the last screening searched", "When it was screened"]
    assert "Hits wait for an officer" in words(page)


def test_an_old_screening_is_called_old(olga, company, time, visit):
    time.advance(days=8)

    assert "This screening is older than 7 days." in words(visit(olga).get(f"/screening/organisations/{company.id}"))


def test_a_list_that_nobody_checked_for_long_is_called_stale(olga, company, time, visit):
    time.advance(days=15)
    client = visit(olga)

    assert "Stale" in words(client.get(f"/screening/organisations/{company.id}"))
    assert "A list is stale after 14 days" in words(client.get("/screening/lists"))


def test_an_unknown_owner_is_unresolved_and_not_clean(olga, change, visit):
    with change():
        organisation = make_organisation(owners=({"kind": OwnerKind.ANONYMOUS, "share_bp": 2_000, "country": None},))

    assert "unresolved, not clean" in words(visit(olga).get(f"/screening/organisations/{organisation.id}"))


def test_a_screening_without_lists_says_why_nothing_was_searched(olga, change, visit):
    with change():
        organisation = make_organisation()
        screen(organisation)

    text = words(visit(olga).get(f"/screening/organisations/{organisation.id}"))

    assert "did not search: No list has been imported." in text


def test_an_officer_has_a_company_screened_again(olga, change, visit, work):
    with change():
        make_list()
        organisation = make_organisation()
    client = visit(olga)
    page = f"/screening/organisations/{organisation.id}"

    asked = send(client, page)
    again = send(client, page)
    work()

    assert "The screening is asked for." in words(asked)
    assert "is under way. Its result appears here." in words(asked)
    assert "A screening of this company is under way already." in words(again)
    assert "Screened, no open hit" in words(client.get(page))
    assert db.session.scalar(sa.select(sa.func.count()).where(OutboxRow.job == "screening.screen")) == 1


# -- who may ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def pages(company, hits):
    return ["/screening/", "/screening/lists", address(hits[0]), f"/screening/organisations/{company.id}"]


def test_an_auditor_reads_everything_and_decides_nothing(pages, hits, company, change, visit):
    with change():
        auditor = make_person("Aida", Role.AUDITOR)
    client = visit(auditor)
    token = {"csrf_token": csrf_token(client, "/screening/")}

    assert [client.get(page).status_code for page in pages] == [200] * 4
    assert "Record the verdict" not in words(client.get(pages[2]))
    assert "Screen again" not in words(client.get(pages[3]))
    assert client.post(pages[2], data=token | CLEARED).status_code == 403
    assert client.get("/screening/lists/import").status_code == 403
    assert hits[0].status is HitStatus.OPEN


@pytest.mark.parametrize("role", [None, Role.BOARD, Role.FOCAL_POINT, Role.ADMINISTRATOR, Role.EXPERT])
def test_nobody_else_sees_any_of_it(pages, change, visit, role):
    with change():
        person = make_person("Nemo", *([role] if role else []), country="PE")
    client = visit(person)

    assert [client.get(page).status_code for page in pages] == [403, 403, 404, 404]


def test_a_visitor_is_led_to_the_sign_in(pages, visit):
    assert all("/login" in visit().get(page).location for page in pages)


@pytest.fixture
def barred(company, olga, change):
    """Olga holds shares of the company."""
    from certify.accounts.queries import get_actor

    with change():
        interests.open_subject(
            "case:1",
            title="A case",
            link="/x",
            organisations=[company.legal_name],
            countries=[],
            also=[company.case_key],
        )
        interests.declare(
            "case:1",
            interest=Interest.ACTUAL,
            nature=Nature.PERSONAL,
            text="I hold shares of it.",
            actor=get_actor(olga),
        )
    return olga


def test_a_barred_officer_finds_nothing_of_the_company(barred, company, hits, visit):
    client = visit(barred)

    queue = client.get("/screening/")

    assert hits[0].our_name not in queue.text
    assert client.get(address(hits[0])).status_code == 404
    assert client.get(address(hits[0], "/second-opinion")).status_code == 404
    assert client.get(f"/screening/organisations/{company.id}").status_code == 404


def test_a_barred_officer_is_not_told_that_something_waits(barred, hits, app):
    from certify.accounts.queries import get_actor
    from certify.screening.queries import waiting_for

    assert waiting_for(get_actor(barred)) == []


def test_an_officer_is_told_what_waits(olga, oscar, hits, visit):
    from certify.accounts.queries import get_actor
    from certify.screening.queries import waiting_for

    send(visit(olga), address(hits[0]), **MATCHED)

    assert [one.endpoint for one in waiting_for(get_actor(oscar))] == ["screening.hit", "screening.queue"]
    assert [one.endpoint for one in waiting_for(get_actor(olga))] == ["screening.queue"]


def test_an_effect_set_by_a_resolution_is_shown_with_it(olga, company, change, visit):
    with change():
        kept = list_hits(organisation_id=company.id)[0].sanctions_list
        service.set_effect(kept, effect=Effect.INFORMATIVE, resolution="MB/RES.7", actor=SYSTEM)

    text = words(visit(olga).get("/screening/lists"))

    assert "Informative" in text
    assert "Set by resolution MB/RES.7." in text
    assert f"{len(EVERYDAY) + 2}" in text


def test_a_longer_queue_asks_the_database_no_more_often(olga, hits, change, visit):
    asked = []
    client = visit(olga)

    def count(*_statement):
        asked[-1] += 1

    def questions():
        asked.append(0)
        sa.event.listen(db.engine, "after_cursor_execute", count)
        page = client.get("/screening/")
        sa.event.remove(db.engine, "after_cursor_execute", count)
        return len(parsed(page).findall(".//tbody/tr")), asked[-1]

    short = questions()
    with change():
        screen(make_organisation(directors=(DIRECTOR, NEAR)))
        screen(make_organisation(directors=(DIRECTOR, NEAR)))
    long = questions()

    assert (short[0], long[0]) == (2, 6)
    assert long[1] == short[1]
