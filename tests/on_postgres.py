"""Which tests are repeated on PostgreSQL: those that could see a difference between one kind of database and another.

Repeated is every test that asks the database, with every value of its parameters at least once, but not with every
combination of them: roles, acts and languages are combined by Python. `@pytest.mark.database` asks for all of them.
"""

from collections.abc import Iterable

import pytest

from cms.accounts import roles
from cms.localization import languages

FIXTURES = {"db", "transactional_db", "database_of_its_own", "demo", "kept"}
LANGUAGES = ("ar", languages.SOURCE)
"""They stand for all: with and without a row of translation."""

READ_ONLY = (
    "tests/benchmarks/",
    "tests/cms/http/test_errors.py",
    "tests/invariants/test_no_cookie_and_no_foreign_host.py",
    "tests/invariants/test_untranslated_words.py",
    "tests/test_html.py",
)
"""They look at the HTML of pages that are asked for on PostgreSQL as well (`test_is_valid`, which says so itself)."""

NOT_AGAIN = {
    "test_memory_does_not_grow_with_the_number_of_pages": "memory of Python",
    "test_a_seeding_that_breaks_off_again_and_again_comes_to_the_same_end": "broken off between transactions",
}
ENOUGH: dict[str, frozenset[object]] = {
    "test_every_button_that_a_role_is_offered_works": frozenset({"admin@example.org"}),
    "test_every_german_page_opens": frozenset({roles.PRESS}),
    "test_no_row_points_to_what_has_been_deleted": frozenset(range(4)),
}
"""Long walks by other people, or along other ways, send the same statements."""


def choose(items: Iterable[pytest.Item]) -> None:
    """Marks the tests that are repeated."""
    seen: set[tuple[str, str, str]] = set()
    candidates = [item for item in items if asks_database(item)]
    for item in sorted(candidates, key=lambda item: LANGUAGES[0] not in map(str, _values(item))):  # stable
        function = item.nodeid.partition("[")[0]
        values = {(function, name, repr(value)) for name, value in _parameters(item).items()}
        if not values or not values <= seen:
            item.add_marker(pytest.mark.database)
            seen |= values


def asks_database(item: pytest.Item) -> bool:
    fixtures = getattr(item, "fixturenames", ())
    if item.get_closest_marker("django_db") is None and FIXTURES.isdisjoint(fixtures):
        return False
    name, values = getattr(item, "originalname", item.name), _values(item)
    if item.nodeid.startswith(READ_ONLY) or name in NOT_AGAIN:
        return False
    if name in ENOUGH and ENOUGH[name].isdisjoint(values):
        return False
    others = languages.BY_CODE.keys() - set(LANGUAGES)
    return not any(isinstance(value, str) and value in others for value in values)


def _parameters(item: pytest.Item) -> dict[str, object]:
    callspec = getattr(item, "callspec", None)
    return dict(callspec.params) if callspec else {}


def _values(item: pytest.Item) -> list[object]:
    return list(_parameters(item).values())
