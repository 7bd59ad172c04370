"""Accounts from registration to sign-out, as people use them, with a real mail server."""

from __future__ import annotations

import re
import time as stopwatch
from statistics import median

import pytest
import sqlalchemy as sa

from certify.accounts import queries, service
from certify.accounts.models import Person, SignInFailure
from certify.accounts.rules import FAILURES_ALLOWED, Role
from certify.accounts.sign_in import cookie_settings
from certify.kernel.audit import AuditEntry, Outcome
from certify.kernel.db import db
from certify.kernel.events import list_events
from tests.makers import PASSWORD, make_person
from tests.pages import fields, parsed, send, words

NEW = {
    "name": "Ana Quispe",
    "language": "es",
    "email": "Ana.Quispe@Example.org",
    "password": "quinoa lantern Illimani 7",
    "password_confirm": "quinoa lantern Illimani 7",
}
ANA = "ana.quispe@example.org"


@pytest.fixture
def carla(app, change):
    with change():
        return make_person("Carla Rojas")


def sign_in(client, person, password=PASSWORD, *, address="/login", follow=False):
    email = person if isinstance(person, str) else person.email
    return send(client, address, email=email, password=password, follow=follow)


def is_signed_in(client):
    return client.get("/account").status_code == 200


# -- creating an account


def test_an_account_is_created_confirmed_by_mail_and_used(app, visit, post):
    client = visit()

    answered = send(client, "/create-account", **NEW)
    assert "ana.quispe@example.org" in words(answered).lower()
    assert not is_signed_in(client)
    early = sign_in(client, ANA, NEW["password"])
    assert "Confirm your address first: follow the link in our letter." in words(early)
    assert "Address or password is not right" not in words(early)

    letter = post.to(ANA)[-1]
    assert letter["Subject"]
    confirmed = client.get(post.link(ANA), follow_redirects=True)
    assert "Your address is confirmed" in words(confirmed)

    entered = sign_in(client, ANA, NEW["password"])
    assert entered.status_code == 302
    assert entered.location.endswith("/desk")
    person = queries.find_person_by_email(ANA)
    assert (person.name, person.language, person.email) == ("Ana Quispe", "es", ANA)
    assert "AccountConfirmed" in [row.kind for row in list_events(f"person:{person.id}")]


def test_a_confirmation_link_works_once_and_only_whole(app, visit, post):
    client = visit()
    send(client, "/create-account", **NEW)
    link = post.link(ANA)

    broken = client.get(f"{link[:-3]}xyz", follow_redirects=True)
    assert "This link is not whole" in words(broken)
    client.get(link)
    again = client.get(link, follow_redirects=True)

    assert "was confirmed already" in words(again)


def test_input_04_a_role_in_the_form_is_ignored(app, visit, post):
    extra = {"role": "administrator", "roles": "administrator", "active": "y", "confirmed_at": "2026-01-01"}

    send(visit(), "/create-account", **(NEW | extra))

    person = queries.find_person_by_email(ANA)
    assert person.role_names == frozenset()
    assert person.grants == []
    assert person.confirmed_at is None


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"password": "short", "password_confirm": "short"}, "at least 12 characters"),
        ({"password": "passwordpassword", "password_confirm": "passwordpassword"}, "easy to guess"),
        ({"password": "ana quispe ana", "password_confirm": "ana quispe ana"}, "easy to guess"),
        ({"password": "x" * 300, "password_confirm": "x" * 300}, "at most 128"),
        ({"password_confirm": "something else 123"}, "not the same"),
        ({"name": ""}, "Enter your name"),
        ({"name": "A\r\nBcc: all@example.org"}, "remove the line breaks"),
        ({"email": "not an address"}, "Enter an e-mail address"),
        ({"email": "a@example.org\r\nBcc: all@example.org"}, "Enter an e-mail address"),
        ({"language": "xx"}, "alid choice"),
    ],
)
def test_input_21_what_cannot_be_taken_is_said_and_no_letter_leaves(app, visit, post, typed, sentence):
    page = send(visit(), "/create-account", **(NEW | typed))

    assert page.status_code == 422
    assert sentence in words(page)
    post.to("nobody")
    assert post.letters == []
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Person)) == 0


def test_somebody_who_has_an_account_is_told_by_letter_and_the_page_says_nothing(app, carla, visit, post):
    known = send(visit(), "/create-account", **(NEW | {"email": carla.email}))
    unknown = send(visit(), "/create-account", **NEW)

    assert words(known).replace(carla.email, "X") == words(unknown).replace(ANA, "X")
    assert [letter["Subject"] for letter in post.to(carla.email)] == ["You have an account already"]


@pytest.mark.parametrize("language", ["en", "es", "fr", "pt"])
def test_every_page_of_sign_in_opens_in_each_language(app, carla, visit, language):
    for address in ("/login", "/create-account", "/reset-password", "/confirm-address"):
        assert visit().get(f"{address}?lang={language}").status_code == 200, address
    for address in ("/account", "/change-password", "/tf-setup", "/mf-recovery-codes"):
        assert visit(carla).get(f"{address}?lang={language}").status_code == 200, address


# -- signing in


def test_signing_in_and_out_stands_in_the_audit_trail(app, carla, visit):
    client = visit()
    sign_in(client, carla)

    entries = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.case_key == f"person:{carla.id}")).all()
    assert ("account.sign_in", Outcome.DONE) in [(entry.action, entry.outcome) for entry in entries]

    token = fields(client.get("/account"))["csrf_token"]
    client.post("/logout", data={"csrf_token": token})
    assert not is_signed_in(client)


def test_an_address_is_known_in_any_case_of_letters(app, carla, visit):
    assert sign_in(visit(), carla.email.upper()).status_code == 302


def test_input_24_a_session_from_before_is_replaced_at_sign_in(app, carla, visit):
    client = visit()
    with client.session_transaction() as planted:
        planted["tf_user_id"] = "planted"
        planted["anything"] = "planted"
    before = client.get("/login")
    token, cookie = fields(before)["csrf_token"], client.get_cookie("session").value

    sign_in(client, carla)

    after = fields(client.get("/account"))["csrf_token"]
    with client.session_transaction() as session:
        assert "anything" not in session
        assert "tf_user_id" not in session
    assert client.get_cookie("session").value != cookie
    assert client.post("/account/sign-out-everywhere", data={"csrf_token": token}).status_code == 400
    assert after != token


FOREIGN = [
    "//evil.example",
    "/\\evil.example",
    "https://evil.example/",
    "\\\\evil.example",
    "/%5Cevil.example",
    "///evil.example",
    "%09//evil.example",
    "javascript:alert(1)",
    "http:evil.example",
    "/ /evil.example",
]


@pytest.mark.parametrize("address", FOREIGN)
@pytest.mark.parametrize("place", ["address", "form"])
def test_input_25_a_foreign_next_leads_to_the_own_start_page(app, carla, visit, address, place):
    client = visit()
    page = client.get("/login", query_string={"next": address} if place == "address" else {})
    values = fields(page) | {"email": carla.email, "password": PASSWORD}

    entered = client.post(
        "/login",
        query_string={"next": address} if place == "address" else {},
        data=values | ({"next": address} if place == "form" else {}),
    )

    assert entered.status_code == 302
    assert entered.location in {"/desk", "http://localhost/desk"}
    assert is_signed_in(client)


def test_an_own_next_is_followed(app, carla, visit):
    entered = sign_in(visit(), carla, address="/login?next=/account%3Flang%3Des")

    assert entered.location == "/account?lang=es"


def test_a_page_that_needs_sign_in_leads_back_after_it(app, carla, visit):
    client = visit()
    asked = client.get("/account?lang=en")

    entered = sign_in(client, carla, address=asked.location)

    assert entered.location == "/account?lang=en"


def test_input_26_cookies_are_kept_from_scripts_and_other_sites(app, carla, visit):
    client = visit()

    entered = send(client, "/login", email=carla.email, password=PASSWORD, remember="y", follow=False)

    cookies = entered.headers.getlist("Set-Cookie")
    assert {cookie.split("=")[0] for cookie in cookies} == {"session", "remember_token"}
    for cookie in cookies:
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie


def test_input_31_pages_of_an_account_are_not_stored(app, carla, visit):
    for address in ("/account", "/login", "/tf-setup", "/change-password"):
        assert visit(carla).get(address).cache_control.no_store, address


def test_input_29_pages_forbid_inline_scripts_and_frames(app, visit):
    headers = visit().get("/login").headers

    policy = headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"]


def test_input_22_a_foreign_host_is_refused(app, visit):
    for address in ("/login", "/reset-password", "/account"):
        assert visit().get(address, headers={"Host": "evil.example"}).status_code == 400


def test_links_in_letters_lead_to_the_right_address_whatever_host_was_named(app, carla, visit, post):
    send(visit(), "/reset-password", email=carla.email)

    text = post.to(carla.email)[-1].get_body(("plain",)).get_content()

    assert {link.rstrip(".") for link in re.findall(r"https?://[^/\s]+", text)} == {"http://127.0.0.1:8000"}


def test_input_26_behind_tls_cookies_travel_encrypted_only(app, carla, visit, monkeypatch):
    monkeypatch.setitem(app.config, "SESSION_COOKIE_SECURE", True)
    monkeypatch.setitem(app.config, "REMEMBER_COOKIE_SECURE", True)
    secured = cookie_settings(app.config["CERTIFY"].model_copy(update={"behind_tls": True}))
    client = visit()
    secure = {"base_url": "https://localhost", "headers": {"Referer": "https://localhost/login"}}
    values = fields(client.get("/login", **secure)) | {"email": carla.email, "password": PASSWORD, "remember": "y"}

    entered = client.post("/login", data=values, **secure)

    assert secured["REMEMBER_COOKIE_SECURE"] is True
    assert len(entered.headers.getlist("Set-Cookie")) == 2
    assert all("Secure" in cookie for cookie in entered.headers.getlist("Set-Cookie"))


@pytest.mark.parametrize("address", ["/login", "/create-account", "/reset-password", "/logout"])
def test_input_23_a_form_without_token_or_from_another_origin_is_refused(app, carla, visit, address):
    client = visit()
    values = {"email": carla.email, "password": PASSWORD}

    without = client.post(address, data=values)
    token = fields(client.get("/login"))["csrf_token"]
    foreign = client.post(address, data=values | {"csrf_token": token}, headers={"Origin": "https://evil.example"})

    assert without.status_code == 400
    assert foreign.status_code == 403
    assert not is_signed_in(client)


def test_json_at_the_sign_in_page_is_refused(app, carla, visit):
    client = visit()
    token = fields(client.get("/login"))["csrf_token"]

    answer = client.post("/login", json={"email": carla.email, "password": PASSWORD}, headers={"X-CSRFToken": token})

    assert answer.status_code == 415
    assert not is_signed_in(client)


# -- known and unknown


def test_input_27_known_and_unknown_addresses_read_the_same(app, carla, visit, post):
    pages = {}
    for who, email in (("known", carla.email), ("unknown", "nobody@example.org")):
        wrong = sign_in(visit(), email, "not the password")
        reset = send(visit(), "/reset-password", email=email)
        resent = send(visit(), "/confirm-address", email=email)
        pages[who] = [
            (page.status_code, re.sub(r"\S+@example\.org", "X", words(page))) for page in (wrong, reset, resent)
        ]
        assert "Address or password is not right" in words(wrong)

    assert pages["known"] == pages["unknown"]


@pytest.mark.parametrize("address", ["/login", "/reset-password"])
def test_input_27_known_and_unknown_addresses_take_the_same_time(app, costly_hashing, carla, visit, address):
    taken = {carla.email: [], "nobody@example.org": []}
    client = visit()

    for _round in range(7):
        for email, times in taken.items():
            values = fields(client.get(address)) | {"email": email, "password": "not the password"}
            begin = stopwatch.perf_counter()
            client.post(address, data=values)
            times.append(stopwatch.perf_counter() - begin)

    known, unknown = (median(times) for times in taken.values())
    assert max(known, unknown) < 2 * min(known, unknown), (known, unknown)


# -- guessing


@pytest.mark.parametrize("who", ["known", "unknown"])
def test_input_28_thirty_bad_passwords_have_to_wait(app, carla, visit, who):
    client = visit()
    email = carla.email if who == "known" else "nobody@example.org"
    values = fields(client.get("/login")) | {"email": email, "password": "not the password"}

    answers = [client.post("/login", data=values) for _ in range(30)]

    assert [answer.status_code for answer in answers[:FAILURES_ALLOWED]] == [200] * FAILURES_ALLOWED
    assert {answer.status_code for answer in answers[FAILURES_ALLOWED:]} == {429}
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 15 * 60
    assert sign_in(client, email).status_code == 429
    kept = db.session.scalars(sa.select(SignInFailure.address_digest)).all()
    assert len(kept) == 1
    assert email not in kept


def test_input_28_the_owner_comes_in_by_choosing_a_new_password(app, carla, visit, post):
    thief, owner = visit(), visit()
    values = fields(thief.get("/login")) | {"email": carla.email, "password": "not the password"}
    for _ in range(30):
        thief.post("/login", data=values)

    send(owner, "/reset-password", email=carla.email)
    new = "turbine mango Chimborazo 4"
    link = post.link(carla.email)
    done = send(owner, link, password=new, password_confirm=new)

    assert "Your new password is set" in words(done)
    assert sign_in(owner, carla, new).status_code == 302
    assert "was used already" in words(owner.get(link, follow_redirects=True)) or is_signed_in(owner)
    assert post.to(carla.email)[-1]["Subject"] == "Your password was changed"


def test_the_wait_ends(app, carla, visit, time):
    client = visit()
    for _ in range(FAILURES_ALLOWED):
        sign_in(client, carla, "not the password")
    assert sign_in(client, carla).status_code == 429

    time.advance(seconds=15 * 60 + 1)

    assert sign_in(client, carla).status_code == 302


def test_a_sign_in_forgets_the_wrong_passwords_before_it(app, carla, visit):
    for _ in range(3):
        client = visit()
        for _try in range(FAILURES_ALLOWED - 1):
            sign_in(client, carla, "not the password")
        assert sign_in(client, carla).status_code == 302


def test_a_reset_link_works_once(app, carla, visit, post):
    send(visit(), "/reset-password", email=carla.email)
    link, new = post.link(carla.email), "turbine mango Chimborazo 4"
    send(visit(), link, password=new, password_confirm=new)

    again = visit().get(link, follow_redirects=True)

    assert "was used already" in words(again)


# -- every session


def test_a_changed_password_signs_other_devices_out(app, carla, visit):
    here, elsewhere = visit(), visit()
    sign_in(here, carla)
    sign_in(elsewhere, carla)
    new = "turbine mango Chimborazo 4"

    send(here, "/change-password", password=PASSWORD, new_password=new, new_password_confirm=new)

    assert is_signed_in(here)
    assert not is_signed_in(elsewhere)


def test_signing_out_everywhere_ends_every_session_and_remembered_device(app, carla, visit):
    here, elsewhere = visit(), visit()
    sign_in(here, carla)
    send(elsewhere, "/login", email=carla.email, password=PASSWORD, remember="y")
    token = fields(here.get("/account"))["csrf_token"]

    here.post("/account/sign-out-everywhere", data={"csrf_token": token})

    assert not is_signed_in(here)
    assert not is_signed_in(elsewhere)
    elsewhere.delete_cookie("session")
    assert not is_signed_in(elsewhere)


def test_input_10_a_role_taken_away_ends_at_once_in_a_live_session(app, change, visit):
    with change():
        admin, keeper = make_person("Ada", Role.ADMINISTRATOR), make_person("Bea", Role.ADMINISTRATOR)
        make_person("Cleo", Role.ADMINISTRATOR)
    client = visit()
    sign_in(client, admin)
    assert client.get("/people").status_code == 200

    with change():
        service.withdraw_role(admin.grants[0], actor=queries.get_actor(keeper))

    assert client.get("/people").status_code == 403


def test_name_and_language_of_an_account_are_changed(app, carla, visit):
    client = visit(carla)

    page = send(client, "/account", form=1, name="Carla R. Paz", language="pt")

    db.session.refresh(carla)
    assert (carla.name, carla.language) == ("Carla R. Paz", "pt")
    assert parsed(page).get("lang") == "pt"


def test_an_account_form_with_errors_keeps_what_was_typed(app, carla, visit):
    page = send(visit(carla), "/account", form=1, name="", language="fr")

    assert page.status_code == 422
    assert fields(page, form=1)["language"] == ["fr"]


# -- the second factor


SECRET = re.compile(r'<strong class="code">([A-Z0-9 -]+)</strong>')


def set_up_phone(client, code):
    """Follow the pages that set up a one-time password; the form stands before being signed in."""
    values = fields(client.get("/tf-setup"))
    page = client.post("/tf-setup", data=values | {"setup": "authenticator"})
    secret = re.sub("[^A-Z2-7]", "", SECRET.search(page.text).group(1))
    target = parsed(page).findall(".//form")[-1].get("action")
    return secret, client.post(target, data=fields(page) | {"code": code(secret)})


@pytest.mark.parametrize("role", [Role.OFFICER, Role.BOARD, Role.ADMINISTRATOR, Role.EXPERT])
def test_roles_that_decide_sign_in_with_a_code_outside_demonstration_mode(app, change, visit, production, code, role):
    with change():
        person = make_person("Olga", role)
    client = visit()

    entered = sign_in(client, person)
    assert "/tf-setup" in entered.location
    assert not is_signed_in(client)
    secret, done = set_up_phone(client, code)

    assert done.status_code == 302
    assert is_signed_in(client)
    assert secret not in (person.tf_totp_secret or "")


def test_the_code_is_asked_for_and_a_wrong_one_refused(app, change, visit, production, code, time):
    with change():
        person = make_person("Olga", Role.OFFICER)
    first = visit()
    sign_in(first, person)
    secret, _done = set_up_phone(first, code)

    second = visit()
    asked = sign_in(second, person, follow=True)
    wrong = second.post("/tf-validate", data=fields(asked, form=0) | {"code": "000000"})
    assert not is_signed_in(second)
    assert "The code is not right" in words(wrong)
    right = second.post("/tf-validate", data=fields(asked, form=0) | {"code": code(secret)})

    assert right.status_code == 302
    assert is_signed_in(second)


def test_thirty_wrong_codes_have_to_wait(app, change, visit, production, code):
    with change():
        person = make_person("Olga", Role.OFFICER)
    first = visit()
    sign_in(first, person)
    set_up_phone(first, code)
    second = visit()
    asked = sign_in(second, person, follow=True)
    values = fields(asked, form=0) | {"code": "000000"}

    answers = [second.post("/tf-validate", data=values).status_code for _ in range(30)]

    assert answers[FAILURES_ALLOWED:] == [429] * (30 - FAILURES_ALLOWED)
    assert sign_in(visit(), person).status_code == 429


def test_a_recovery_code_works_once_in_place_of_the_phone(app, change, visit, production, code):
    with change():
        person = make_person("Olga", Role.OFFICER)
    first = visit()
    sign_in(first, person)
    set_up_phone(first, code)
    page = first.post("/mf-recovery-codes", data=fields(first.get("/mf-recovery-codes")))
    codes = re.findall(r"<li>([A-Za-z0-9-]{8,})</li>", page.text)
    assert len(codes) == 5
    assert not any(plain in str(person.mf_recovery_codes) for plain in codes)

    outcomes = []
    for _ in range(2):
        client = visit()
        sign_in(client, person, follow=True)
        client.post("/mf-recovery", data=fields(client.get("/mf-recovery"), form=0) | {"code": codes[0]})
        outcomes.append(is_signed_in(client))

    assert outcomes == [True, False]


def test_somebody_without_their_phone_asks_for_help(app, change, visit, production, code, post):
    with change():
        person = make_person("Olga", Role.OFFICER)
    first = visit()
    sign_in(first, person)
    set_up_phone(first, code)
    first.post("/mf-recovery-codes", data=fields(first.get("/mf-recovery-codes")))
    second = visit()

    asked = sign_in(second, person, follow=True)
    assert "I use one of my recovery codes" in words(asked)
    helped = second.post("/tf-rescue", data=fields(asked, form=1) | {"help_setup": "help"})

    assert helped.status_code == 200
    letters = post.to(app.config["CERTIFY"].secretariat_address)
    assert [letter["Subject"] for letter in letters] == ["Somebody cannot sign in with their phone"]
    assert not is_signed_in(second)


def test_an_officer_does_not_switch_the_code_off_and_is_not_remembered(app, change, visit, production, code):
    with change():
        person = make_person("Olga", Role.OFFICER)
    client = visit()
    send(client, "/login", email=person.email, password=PASSWORD, remember="y", follow=False)
    set_up_phone(client, code)

    client.post("/tf-setup", data=fields(client.get("/tf-setup")) | {"setup": "disable"})

    db.session.refresh(person)
    assert person.tf_primary_method == "authenticator"
    assert client.get_cookie("remember_token") is None


def test_nobody_needs_a_code_in_demonstration_mode(app, change, visit):
    with change():
        person = make_person("Olga", Role.OFFICER)
    client = visit()

    sign_in(client, person)

    assert is_signed_in(client)


def test_a_role_that_needs_a_code_ends_sessions_without_one(app, change, visit, production):
    with change():
        ada, bea = make_person("Ada", Role.ADMINISTRATOR), make_person("Bea", Role.ADMINISTRATOR)
        person = make_person("Carla")
    client = visit()
    sign_in(client, person)
    assert is_signed_in(client)

    with change():
        grant = service.propose_role(person, role=Role.OFFICER, country=None, actor=queries.get_actor(ada))
        service.confirm_role(grant, actor=queries.get_actor(bea))

    assert not is_signed_in(client)


def test_a_first_password_is_replaced_before_roles_begin(app, change, visit):
    with change():
        person = make_person("Ada", Role.ADMINISTRATOR)
        service.call_first_password(person)
    client, new = visit(), "turbine mango Chimborazo 4"

    entered = sign_in(client, person)
    assert entered.location.endswith("/change-password")
    assert client.get("/people").status_code == 403
    send(client, "/change-password", password=PASSWORD, new_password=new, new_password_confirm=new)

    assert client.get("/people").status_code == 200
