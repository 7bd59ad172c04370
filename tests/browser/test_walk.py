"""The whole mission in a browser, in one sitting: from a company's last answers to a certificate anyone can verify."""

import re
from datetime import UTC, datetime, timedelta

import pytest

pytestmark = pytest.mark.browser
LAST = ("SDG-03", "SDG-04", "SDG-05", "SDG-06", "SDG-07")
"""What the demonstration leaves for the newcomer to answer."""
MAIN = "main button[type=submit]"


def identifier(url: str) -> str:
    """The opaque id in an address."""
    return re.search(r"[0-9a-f]{8}-[0-9a-f-]{27}", url).group()


def test_a_case_goes_from_its_last_answer_to_a_certificate_in_spanish(arrive, tmp_path):
    company = arrive("tomas")
    application = answer_and_sign_off(company, tmp_path)
    government_has_no_objection(arrive("focal.b"))
    assessor = arrive("olga")
    assess(assessor, application)
    review(arrive("oscar"), application)
    recommend_and_table(assessor, application)
    decide(arrive("seat.c"))

    code = accept_terms(company, application)

    page = arrive(None).open(f"/verify/{code}")
    assert "Tejidos Luna Llena S.A.C." in page.inner_text("main")
    assert page.locator(".verdict-active").count() == 1


def answer_and_sign_off(company, folder) -> str:
    """Answer the last questions with evidence, check everything, sign off; return the application's id."""
    company.open("/applications/")
    application = identifier(company.press("main a[href*='/applications/0']").url)
    evidence = folder / "plan.txt"
    evidence.write_text("Plan de formación de la escuela de tejido.\n")
    for criterion in LAST:
        page = company.open(f"/applications/{application}/questions/{criterion}")
        page.set_input_files("input[type=file]", evidence)
        company.fill(document_date=datetime.now(UTC).date() - timedelta(days=20))
        company.press("button[name=go][value=attach]")
        company.choose("level", "3")
        company.press("button[name=go][value=continue]")
    company.open(f"/applications/{application}/answers")
    company.press("main form[action$='/request-sign-off'] button")
    company.open(f"/applications/{application}/sign-off")
    company.fill(true=True, entitled=True)
    company.press(f"form:has([name=entitled]) {MAIN.removeprefix('main ')}")
    assert company.page.url.split("?")[0].endswith("/submitted")
    return application


def government_has_no_objection(government) -> None:
    """Reply to the consultation."""
    government.wait_for("/consultations/", "main a[href*='/consultations/0']")
    government.press("main a[href*='/consultations/0']:has-text('Luna Llena')")
    government.choose("kind", "no_objection")
    government.fill(no_interest=True)
    government.press(MAIN)


def take(officer, application: str, side: str) -> None:
    """Declare no interest and take a side of the case."""
    officer.open(f"/cases/{application}/take/{side}")
    if officer.page.locator("input[name=interest]").count():
        officer.choose("interest", "none")
        officer.press("form:has(input[name=interest]) button[type=submit]")
    officer.open(f"/cases/{application}/take/{side}")
    officer.press(MAIN)


def assess(officer, application: str) -> None:
    """Take the case, confirm size and sectors, grade every answer, finish."""
    take(officer, application, "assessor")
    officer.open(f"/cases/{application}/profile")
    officer.press(MAIN)
    links = officer.open(f"/cases/{application}/criteria").locator("main a[href*='/criteria/']")
    criteria = dict.fromkeys(links.nth(i).get_attribute("href") for i in range(links.count()))
    for address in criteria:
        officer.page.goto(f"{officer.address}{address}")
        officer.choose("grade", "3")
        officer.press("form:has(input[name=grade]) button[type=submit]")
    officer.wait_for(f"/cases/{application}/finish", "form[method=post] button[type=submit]")
    officer.press(MAIN)


def review(officer, application: str) -> None:
    """Take the case as its second pair of eyes, agree theme by theme, finish."""
    take(officer, application, "reviewer")
    agree = "form[action$='/agree'] button"
    while officer.open(f"/cases/{application}/criteria").locator(agree).count():
        officer.press(agree)
    officer.open(f"/cases/{application}/finish-review")
    officer.press(MAIN)


def recommend_and_table(officer, application: str) -> None:
    """Recommend what the band bears, and put it before the Board."""
    officer.open(f"/cases/{application}/recommendation")
    officer.choose("recommended", "certify")
    officer.fill(text="La evidencia respalda las respuestas.", added_value="Formación para mujeres rurales.")
    officer.press("form:has([name=recommended]) button[type=submit]")
    officer.open(f"/cases/{application}/table")
    officer.press(MAIN)


def decide(chair) -> None:
    """Put the motion on the agenda of the session in progress, open the ballot, let every seat vote, close it."""
    chair.open("/board/sessions")
    chair.press("main a[href*='/board/sessions/0']")
    chair.press("form[action$='/agenda'] button")
    chair.open("/board/motions")
    motion = chair.press("main a[href*='/board/motions/0']:has-text('Luna Llena')").url.split("?")[0]
    chair.press("main a[href*='/interests/']")
    chair.choose("interest", "none")
    chair.press("form:has(input[name=interest]) button[type=submit]")
    chair.open(f"{motion.removeprefix(chair.address)}/ballot")
    chair.choose("mode", "session")
    chair.press("form:has([name=mode]) button[type=submit]")
    chair.open(motion.removeprefix(chair.address))
    chair.press("main a[href*='/vote/for']")
    chair.press(MAIN)
    chair.open("/demonstration/")
    chair.press(f"form[action*='{identifier(motion)}'] button")
    chair.open(motion.removeprefix(chair.address))
    chair.press("main a[href$='/close']")
    chair.press(MAIN)


def accept_terms(company, application: str) -> str:
    """Accept the terms, wait for the sealed documents, and return the code."""
    company.open(f"/certificates/accept/{application}")
    company.fill(accepted=True)
    company.press("form:has([name=accepted]) button[type=submit]")
    certificate = f"/certificates/{identifier(company.page.url)}"
    company.wait_for(certificate, "a[href*='/document']")
    with company.page.expect_download() as download:
        company.page.locator("a[href*='/document']").first.click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    return company.page.locator("a[href*='/verify/']").first.get_attribute("href").rsplit("/", 1)[-1]


def test_a_verifier_with_a_phone_checks_a_certificate_in_portuguese(arrive):
    verifier = arrive(None, width=320, language="pt")
    verifier.open("/register")
    verifier.fill(name="valle claro")
    verifier.press("form[role=search] button")
    code = verifier.press("main a[href*='/verify/']").url.split("?")[0].rsplit("/", 1)[-1]

    verifier.open("/verify")
    verifier.fill(code=code.lower().replace("-", " ").replace("0", "o").replace("1", "l"))
    page = verifier.press("form[method=get] button[type=submit]")

    answer = page.locator(".verdict-active")
    assert "Ativo" in answer.inner_text()
    assert answer.bounding_box()["y"] + answer.bounding_box()["height"] < 900


def test_a_wrong_code_keeps_what_was_typed_and_says_what_to_do(arrive):
    verifier = arrive(None, width=320, language="pt")
    verifier.open("/verify")
    verifier.page.fill("#code", "ABC 123")

    verifier.page.locator("form[method=get] button[type=submit]").click()

    assert verifier.page.input_value("#code") == "ABC 123"
    assert verifier.page.locator("#code-error").count() == 1
