"""Icons are drawn into the page, one at a time."""

import pytest

from certify.kernel.icons import icon_svg


def test_an_icon_is_drawn_in_the_colour_of_its_text_and_hidden_from_assistive_technology():
    drawing = icon_svg("shield-check")

    assert drawing.startswith("<svg") and drawing.endswith("</svg>") and "<path" in drawing
    assert 'fill="currentColor"' in drawing and 'aria-hidden="true"' in drawing
    assert len(drawing) < 3_000


def test_an_unknown_icon_is_a_fault_of_the_template():
    with pytest.raises(LookupError, match="emblem-of-nobody"):
        icon_svg("emblem-of-nobody")
