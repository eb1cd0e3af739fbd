"""Tables of the admin show words, never Python's."""

import pytest
from django.template.loader import render_to_string
from django.utils import translation


@pytest.mark.parametrize(("value", "said"), [(True, "ja"), (False, "nein"), (None, "vielleicht")])
def test_what_is_true_or_not_is_said_in_words(value: bool | None, said: str) -> None:
    with translation.override("de"):
        cell = render_to_string("wagtailadmin/tables/boolean_cell.html", {"value": value})
    assert said in cell.casefold()
    assert str(value) not in cell
