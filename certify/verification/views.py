"""The verify page and the public register: no account, no session, no script needed."""

from __future__ import annotations

import hashlib

import sqlalchemy as sa
from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from certify.certificates.codes import MistypedCode, format_code, normalise_code
from certify.certificates.words import BANDS, GROUNDS, STANDINGS
from certify.certificates.words import TONES as STANDING_TONES
from certify.kernel import clock
from certify.kernel.errors import Unavailable
from certify.kernel.i18n import _
from certify.kernel.parts import render_bare
from certify.kernel.web import csrf, guarded, shareable
from certify.organisations.words import country_name
from certify.outside.keys import KeyMissing
from certify.verification.forms import FileForm
from certify.verification.guessing import hold_back_guessing
from certify.verification.queries import Search, Shown, check_file, countries_of_holders, look_up, search_register
from certify.verification.rules import Answer
from certify.verification.words import ADVICE, NO_CERTIFICATE, SENTENCES, TONES, WORDS

blueprint = Blueprint("verification", __name__)
SHARED_SECONDS = 5
"""How long shared caches may keep an answer: a withdrawal shows everywhere within this time."""
WORDS_OF_PAGES = {
    "answer_words": WORDS,
    "answer_sentences": SENTENCES,
    "answer_tones": TONES,
    "file_advice": ADVICE,
    "file_unknown": NO_CERTIFICATE,
    "band_words": {band.value: said for band, said in BANDS.items()},
    "standing_words": STANDINGS,
    "standing_tones": STANDING_TONES,
    "ground_words": GROUNDS,
    "country_name": country_name,
    "format_code": format_code,
}


@blueprint.context_processor
def words() -> dict[str, object]:
    """Give the pages their words."""
    return WORDS_OF_PAGES


def answer_page(shown: Shown) -> str:
    """Draw an answer: one word, one sentence, then the detail."""
    return render_bare("verification/answer.html", shown=shown, asked=request.args.get("lang"), **WORDS_OF_PAGES)


@blueprint.errorhandler(sa.exc.DBAPIError)
@blueprint.errorhandler(sa.exc.TimeoutError)
@blueprint.errorhandler(Unavailable)
@blueprint.errorhandler(KeyMissing)
def cannot_confirm(fault: Exception) -> Response:
    """Say that nothing can be confirmed; never "valid", and never an old answer."""
    current_app.logger.error("verification cannot answer: %r", fault)
    response = make_response(answer_page(Shown(Answer.CANNOT_CONFIRM, clock.now())))
    response.status_code = 503
    response.headers["Retry-After"] = "10"
    return response


@blueprint.route("/verify", methods=["GET", "POST"])
@guarded("verification.check", changes=False)
def verify() -> ResponseReturnValue:
    """Ask for a code or a file; a code leads to its answer, a file is checked and forgotten."""
    form = FileForm()
    if request.method == "POST" and form.validate_on_submit():
        content = form.pdf.data.read()
        return answer_page(check_file(content, hashlib.sha256(content).hexdigest()))
    typed = request.args.get("code", "")
    mistake = ""
    if typed:
        try:
            return redirect(url_for(".show", code=format_code(normalise_code(typed)), lang=request.args.get("lang")))
        except MistypedCode:
            mistake = _(
                "This is no code of a certificate: it has 18 letters and digits in three groups. Check each one."
            )
    page = render_template("verification/verify.html", form=form, typed=typed, mistake=mistake, bare=True)
    return page, 422 if mistake or form.errors else 200


csrf.exempt(verify)


@blueprint.get("/verify/<code>")
@guarded("verification.see")
@shareable(SHARED_SECONDS)
def show(code: str) -> ResponseReturnValue:
    """Answer for a code, in one word, one sentence, then the detail."""
    shown = look_up(code)
    if shown.certificate is None:
        hold_back_guessing()
    response = make_response(answer_page(shown))
    response.status_code = 404 if shown.certificate is None else 200
    response.headers["Vary"] = "Accept-Language, Cookie"
    return response


@blueprint.get("/register")
@guarded("verification.see")
def register() -> ResponseReturnValue:
    """Search who is certified; what was suspended or withdrawn is shown too."""
    search = Search(
        name=request.args.get("name", "").strip()[:200],
        country=request.args.get("country", "").strip()[:2],
        page=request.args.get("page", 1, type=int),
    )
    return render_template(
        "verification/register.html",
        search=search,
        found=search_register(search),
        countries=countries_of_holders(),
        at=clock.now(),
        bare=False,
    )
