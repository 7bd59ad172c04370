"""The macros that every page is made of: words tied to controls, nothing inline, filters kept."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from wtforms import BooleanField, FieldList, FormField, RadioField
from wtforms import Form as PlainForm
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

import certify
from certify.kernel import i18n, pages, web
from certify.kernel.fields import Form, InputNeeded, LineField
from certify.kernel.parts import part
from tests.conftest import settings_for
from tests.pages import parsed

PACKAGE = Path(certify.__file__).parent
TEMPLATES = PACKAGE / "templates"
ON_PAPER = {"email", "pdf"}
"""Folders whose pages no browser opens under the content policy."""


class Owner(PlainForm):
    name = LineField("Name", [InputNeeded("Give the owner's name.")])


class Sample(Form):
    legal_name = LineField("Legal name", [InputNeeded("Give the legal name.")])
    nickname = LineField("Short name")
    level = RadioField(
        "Level",
        choices=[SelectChoice("0", "Nothing"), SelectChoice("4", "All")],
        validators=[InputRequired("Choose a level.")],
    )
    agreed = BooleanField("I agree", [InputRequired("Agree first.")])
    owners = FieldList(FormField(Owner), min_entries=1)


class RefusedForm(PlainForm):
    """A form without errors of its own, refused by a service."""

    refusal = "The case was closed."


Draw = Callable[..., Any]


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An application of templates alone: no slice, no database."""
    app = Flask("certify", root_path=str(PACKAGE))
    app.config["SECRET_KEY"] = "k" * 43
    i18n.init_app(app)
    web.csrf.init_app(app)
    pages.init_app(app, settings_for(tmp_path_factory.mktemp("stage")))
    return app


@pytest.fixture
def draw(stage: Flask) -> Draw:
    """Draw a macro as on the page /cases, with the arguments of its address, and parse it."""

    def drawn(source: str, *, address: str = "/cases", **context: Any) -> Any:
        with stage.test_request_context(address, method="POST", data={"nickname": "<b>"}):
            form = Sample()
            form.validate()
            template = stage.jinja_env.from_string(source)
            return parsed(FakePage(template.render(form=form, **context)))

    return drawn


class FakePage:
    """A piece of a page where the parser expects a whole one."""

    def __init__(self, text: str) -> None:
        self.text = text


def found(page: Any, path: str) -> Any:
    element = page.find(f".//{path}")
    assert element is not None, path
    return element


def said(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


FORMS = '{% import "macros/forms.html" as forms %}'
PAGE = '{% import "macros/page.html" as page %}'
CHARTS = '{% import "macros/charts.html" as charts %}'


# -- forms ----------------------------------------------------------------------------------------------------------


def test_a_wrong_field_is_marked_and_described_by_its_hint_and_its_error(draw: Draw):
    page = draw(FORMS + "{{ forms.field(form.legal_name, 'As in the registry.') }}")

    control = found(page, "input")
    hint, error = (found(page, f"*[@id='{part}']") for part in control.get("aria-describedby").split())

    assert control.get("aria-invalid") == "true"
    assert said(hint) == "As in the registry."
    assert said(error) == "Error: Give the legal name."
    assert found(page, "label").get("for") == control.get("id")


def test_a_right_field_is_not_described_by_what_is_not_there_and_keeps_what_was_typed(draw: Draw):
    page = draw(FORMS + "{{ forms.field(form.nickname) }}")

    control = found(page, "input")

    assert control.get("aria-describedby") is None and control.get("aria-invalid") is None
    assert control.get("value") == "<b>"
    assert said(found(page, "label")) == "Short name (optional)"


def test_a_group_of_choices_says_its_question_hint_and_error(draw: Draw):
    page = draw(FORMS + "{{ forms.field(form.level, 'Choose one.') }}")

    group = found(page, "fieldset")

    assert said(found(group, "legend")) == "Level"
    assert group.get("aria-describedby") == "level-hint level-error"
    assert [said(label) for label in group.iter("label")] == ["Nothing", "All"]


def test_the_summary_takes_the_focus_and_leads_to_every_wrong_field(draw: Draw):
    page = draw(FORMS + "{{ forms.error_summary(form) }}{% for part in form %}{{ forms.field(part) }}{% endfor %}")

    summary = found(page, "div[@data-error-summary]")
    links = {said(link): link.get("href") for link in summary.iter("a")}

    assert summary.get("autofocus") is not None and summary.get("tabindex") == "-1"
    assert links == {
        "Give the legal name.": "#legal_name",
        "Choose a level.": "#level-0",
        "Agree first.": "#agreed",
        "Give the owner's name.": "#owners-0-name",
    }


def test_a_refusal_by_a_rule_stands_in_the_summary(draw: Draw):
    page = draw(FORMS + "{{ forms.error_summary(refused) }}", refused=RefusedForm())

    assert said(found(page, "li")) == "The case was closed."


def test_a_form_carries_its_token_without_an_id_that_two_forms_would_share(draw: Draw):
    page = draw(FORMS + "{{ forms.form_open(form) }}{{ forms.form_close() }}{{ forms.post_button('/x', 'Go on') }}")

    tokens = page.findall(".//input[@name='csrf_token']")

    assert len(tokens) == 2 and all(token.get("value") and token.get("id") is None for token in tokens)


# -- pieces of a page -----------------------------------------------------------------------------------------------


def test_pages_of_a_list_keep_every_filter_and_stay_on_this_address(draw: Draw):
    source = PAGE + "{{ page.pagination(2, 3) }}"

    page = draw(source, address="/cases?state=open&page=2&endpoint=x&_external=1&_scheme=javascript")

    for link in page.iter("a"):
        assert link.get("href").startswith("?state=open&endpoint=x&_external=1&_scheme=javascript&page=")


def test_a_single_page_needs_no_links(draw: Draw):
    page = draw(PAGE + "{{ page.pagination(1, 1) }}")

    assert page.find(".//a") is None


def test_a_table_names_each_cell_for_the_narrow_screen_and_says_how_it_is_sorted(draw: Draw):
    source = PAGE + "{{ page.table('Hits', [{'text': 'Name', 'sort': 'name'}, 'List'], [['Ana', 'UN']]) }}"

    page = draw(source, address="/cases?sort=name")

    assert said(found(page, "caption")) == "Hits"
    assert found(page, "th[@aria-sort='ascending']/a").get("href") == "?sort=-name"
    assert found(page, "td").get("data-label") == "List"
    assert said(found(page, "th[@scope='row']")) == "Ana"


def test_a_status_is_colour_icon_and_word(draw: Draw):
    page = draw(PAGE + "{{ page.status_tag('suspended', 'Suspended', 'attention') }}")

    tag = found(page, "span[@data-status='suspended']")

    assert "tag-attention" in tag.get("class") and tag.find("{*}svg") is not None and said(tag) == "Suspended"


def test_a_deadline_bears_its_zone(draw: Draw):
    page = draw(PAGE + "{{ page.deadline(when) }}", when=datetime(2026, 11, 22, 14, 5, tzinfo=UTC))

    assert said(found(page, "span")) == "By 22 November 2026, 14:05 UTC"


def test_words_in_pieces_are_text_never_markup(draw: Draw):
    page = draw(
        PAGE + "{{ page.notice(words) }}{{ page.summary_list([(words, words, None)]) }}", words="<script>x</script>"
    )

    assert page.find(".//script") is None


# -- charts ---------------------------------------------------------------------------------------------------------


def test_a_theme_bar_writes_its_value_and_whether_the_minimum_is_met(draw: Draw):
    page = draw(CHARTS + "{{ charts.theme_bars([('Human rights', '48.90', '50.00', False)]) }}")

    assert said(found(page, "figure")) == "Human rights 48.90 Minimum 50.00 Minimum not met"
    assert found(page, "{*}svg").get("aria-hidden") == "true"


def test_every_member_state_of_a_dot_matrix_is_counted_and_named(draw: Draw):
    states = [("A", "active", "Agrees"), ("B", "refused", "Objects"), ("C", "active", "Agrees")]

    page = draw(CHARTS + "{{ charts.dot_matrix(states) }}", states=states)

    assert [said(line) for line in found(page, "ul").iter("li")] == ["Agrees: 2", "Objects: 1"]
    assert [said(names) for names in page.iter("dd")] == ["A, C", "B"]


def test_a_case_over_its_days_is_told_in_words(draw: Draw):
    page = draw(CHARTS + "{{ charts.ageing_bars([('Case 9', 31, 20, None)]) }}")

    assert said(found(page, "li")) == "Case 9 31 days Limit: 20 days Over the limit"


@pytest.mark.parametrize("values", [[], [4], [3, 5, 4]], ids=["no figure", "one figure", "several figures"])
def test_a_sparkline_says_its_figures(draw: Draw, values: list[int]):
    page = draw(CHARTS + "{{ charts.sparkline(values) }}", values=values)

    assert said(found(page, "p"))


# -- all templates --------------------------------------------------------------------------------------------------


def templates_for_browsers() -> list[Path]:
    return [path for path in TEMPLATES.rglob("*.html") if path.relative_to(TEMPLATES).parts[0] not in ON_PAPER]


def test_no_template_styles_or_acts_inline_because_the_content_policy_forbids_it():
    inline = re.compile(r"\sstyle=|<style|\son[a-z]+=|javascript:", re.IGNORECASE)

    found_in = [
        f"{path.relative_to(TEMPLATES)}: {match[0]}"
        for path in templates_for_browsers()
        if path.name != "email.html"
        for match in inline.finditer(path.read_text(encoding="utf-8"))
    ]

    assert found_in == []


def test_every_script_bears_the_nonce_of_its_page():
    scripts = [
        tag
        for path in templates_for_browsers()
        for tag in re.findall(r"<script[^>]*>", path.read_text(encoding="utf-8"))
    ]

    assert scripts and all("csp_nonce()" in tag for tag in scripts)


def test_parts_shared_by_all_visitors_read_nothing_of_one_of_them():
    personal = re.compile(r"\b(request|session|g|current_person|navigation|csrf_token|csp_nonce|may)\b")

    parts = {path.name: path.read_text(encoding="utf-8") for path in (TEMPLATES / "parts").glob("*.html")}

    assert parts
    assert {name: personal.findall("".join(re.findall(r"\{[{%].*?[%}]\}", text))) for name, text in parts.items()} == {
        name: [] for name in parts
    }


def test_a_part_is_drawn_once_for_each_language(stage: Flask):
    with stage.test_request_context("/"):
        stage.extensions.pop("certify.parts", None)

        english, again, spanish = (part("demonstration", language) for language in ("en", "en", "es"))

    assert english is again
    assert spanish is not english


def test_every_macro_says_what_it_is_for():
    silent = [
        f"{path.name}: {match['name']}"
        for path in (TEMPLATES / "macros").glob("*.html")
        for match in re.finditer(r"(?P<before>\S[^\n]*)\n+\{%-? macro (?P<name>\w+)", path.read_text(encoding="utf-8"))
        if not match["before"].endswith("#}")
    ]

    assert silent == []


# -- colours --------------------------------------------------------------------------------------------------------

PAIRS = [
    *(
        (text, ground)
        for text in ("ink", "ocean", "deep", "gold", "leaf", "amber", "brick", "slate")
        for ground in ("paper", "sand")
    ),
    *((tone, f"{tone}-tint") for tone in ("ocean", "leaf", "amber", "brick", "slate", "gold")),
    *(("ink", f"{tone}-tint") for tone in ("ocean", "leaf", "amber", "brick", "slate", "gold")),
    *((text, "deep") for text in ("paper", "pale", "gold-bright")),
    *(("paper", ground) for ground in ("ocean", "brick", "leaf", "slate")),
]


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("text", "ground"), PAIRS, ids=[f"{text} on {ground}" for text, ground in PAIRS])
def test_every_pair_of_colours_used_for_text_has_contrast(text: str, ground: str):
    tokens = dict(re.findall(r"--([a-z-]+): (#[0-9A-F]{6});", (PACKAGE / "static/css/certify.css").read_text()))

    dark, light = sorted((luminance(tokens[text]), luminance(tokens[ground])))

    assert (light + 0.05) / (dark + 0.05) >= 4.5
