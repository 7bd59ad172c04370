"""How sentences reach people: in their language, escaped in pages, plain in letters."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from flask import g, render_template_string
from jinja2.nodes import EvalContext

from certify.kernel import clock, i18n, web
from certify.kernel.i18n import _l

HOSTILE = "<script>alert(1)</script>"


def test_input_14_what_fills_a_sentence_is_escaped_in_a_page(app):
    page = render_template_string("{{ _('Checked at %(when)s', when=hostile) }}", hostile=HOSTILE)

    assert page == "Checked at &lt;script&gt;alert(1)&lt;/script&gt;"


def test_input_14_what_fills_a_sentence_spoken_later_is_escaped_in_a_page(app):
    page = render_template_string("{{ said }}", said=_l("Checked at %(when)s", when=HOSTILE))

    assert page == "Checked at &lt;script&gt;alert(1)&lt;/script&gt;"


def test_what_fills_a_sentence_stays_as_it_is_in_a_plain_letter(app):
    plain = EvalContext(app.jinja_env, "letter.txt")

    assert not plain.autoescape
    assert i18n.printed(plain, "Checked at %(when)s", when="Peña & Hijos") == "Checked at Peña & Hijos"


def test_a_sentence_spoken_later_takes_the_language_of_its_reader(app):
    said = _l("Active")

    with i18n.in_language("es"):
        spanish = str(said)

    assert (str(said), spanish) == ("Active", "Vigente")


def test_a_language_within_another_ends_with_its_letter(app):
    with i18n.in_language("fr"):
        with i18n.in_language("pt"):
            inner = i18n.current_language()
        outer = i18n.current_language()

    assert (inner, outer, i18n.current_language()) == ("pt", "fr", "en")


@pytest.mark.parametrize("hours", [-5, 0, 9])
def test_a_moment_is_written_in_utc_whatever_its_zone(app, hours):
    moment = datetime(2026, 3, 2, 9, 30, tzinfo=UTC).astimezone(timezone(timedelta(hours=hours)))

    assert "09:30 UTC" in i18n.moment(moment)


def test_a_fault_of_ours_is_told_without_asking_who_reads(app):
    with app.test_request_context("/desk"):
        page = web.refuse(503, "Later.")

        assert page.status_code == 503
        assert "_login_user" not in g


def test_a_clock_that_was_moved_is_read_anew(tmp_path):
    moved = clock.OffsetClock(tmp_path / "clock.json")
    before = moved.now()

    moved.advance(days=3)
    moved.advance(days=4)

    assert (moved.now() - before).days == 7
