"""The one way in which values of a session are written."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dates.council.session_changes import change
from dates.models import CouncilBody, CouncilSession, FormerAddress, SessionChange
from tests import factories

pytestmark = pytest.mark.django_db
FIRST, SECOND, THIRD = (factories.berlin(2099, month, 3, 16) for month in (3, 4, 5))
PERSON, IMPORT = SessionChange.Origin.PERSON, SessionChange.Origin.IMPORT


@pytest.fixture
def body(db: None) -> CouncilBody:
    return factories.council_body()


@pytest.fixture
def session(body: CouncilBody) -> CouncilSession:
    return factories.session(body, 3, FIRST, place=factories.place())


def stored(session: CouncilSession) -> CouncilSession:
    return CouncilSession.objects.get(pk=session.pk)


def written(session: CouncilSession, origin: str = PERSON, **values: Any) -> CouncilSession:
    change(session=session, values=values, origin=origin)
    return stored(session)


# What is written


def test_what_does_not_differ_writes_nothing(session: CouncilSession) -> None:
    with CaptureQueriesContext(connection) as captured:
        assert change(session=session, values={"start": FIRST, "status": "planned"}, origin=IMPORT) == []
    assert not [query for query in captured if query["sql"].startswith(("INSERT", "UPDATE"))]
    assert stored(session).changed_at == session.changed_at


@pytest.mark.parametrize(
    ("values", "counted"),
    [
        ({"start": SECOND}, 1),
        ({"end": FIRST + dt.timedelta(hours=2)}, 1),
        ({"place": None}, 1),
        ({"status": "cancelled"}, 1),
        ({"start": SECOND, "status": "invited", "place": None}, 1),
        ({"agenda_url": "https://rat.example/1"}, 0),
        ({"interpreters": "yes", "is_public": False}, 0),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, dict) else str(value),
)
def test_time_place_and_status_count_in_the_sequence(
    session: CouncilSession, values: dict[str, Any], counted: int
) -> None:
    before = session.changed_at
    after = written(session, **values)
    assert after.sequence == counted
    assert after.changed_at > before
    assert {name: getattr(after, name) for name in values} == values


def test_the_session_at_hand_shows_what_was_written(session: CouncilSession) -> None:
    change(session=session, values={"start": SECOND}, origin=PERSON)
    assert (session.start, session.moved_from, session.sequence) == (SECOND, FIRST, 1)


def test_what_was_set_on_the_instance_but_not_asked_for_is_lost(session: CouncilSession) -> None:
    session.start = THIRD
    assert written(session, status="invited").start == FIRST


def test_uid_never_changes(session: CouncilSession) -> None:
    assert written(session, start=SECOND, number=9).uid == session.uid


def test_seconds_are_dropped_since_no_form_shows_them(session: CouncilSession) -> None:
    assert written(session, IMPORT, start=SECOND + dt.timedelta(seconds=30)).start == SECOND


# History


def test_a_change_says_what_was_when_and_by_whom(session: CouncilSession) -> None:
    editor = factories.press()
    [made] = change(session=session, values={"start": SECOND, "number": 4}, origin=PERSON, by=editor)
    kept = session.changes.get()
    assert (kept.field, kept.old, kept.new) == ("start", FIRST.isoformat(), SECOND.isoformat())
    assert (kept.origin, kept.by, kept.at, kept.is_public) == (PERSON, editor, session.changed_at, True)
    assert made == kept


def test_places_are_kept_by_their_key(session: CouncilSession) -> None:
    written(session, place=factories.place("park"))
    written(session, place=None)
    assert [(kept.old, kept.new) for kept in session.changes.all()] == [("rathaus", "park"), ("park", "")]


def test_a_session_moved_twice_was_moved_from_the_date_known_last(session: CouncilSession) -> None:
    written(session, start=SECOND)
    assert written(session, start=THIRD).moved_from == SECOND


def test_visitors_are_not_told_what_they_never_saw(session: CouncilSession) -> None:
    written(session, is_public=False)
    after = written(session, start=SECOND)
    assert (after.is_moved, session.changes.get().is_public) == (False, False)


def test_a_typing_mistake_is_put_right_without_a_word(session: CouncilSession) -> None:
    change(session=session, values={"start": SECOND}, origin=PERSON, is_correction=True)
    after = stored(session)
    assert (after.start, after.is_moved, after.sequence) == (SECOND, False, 1)


def test_a_mistaken_move_that_is_taken_back_was_no_move(session: CouncilSession) -> None:
    written(session, start=SECOND)
    change(session=session, values={"start": FIRST}, origin=PERSON, is_correction=True)
    assert not stored(session).is_moved
    assert not session.changes.filter(is_public=True).exists()


def test_a_move_typed_wrong_is_told_as_it_was_meant(session: CouncilSession) -> None:
    written(session, start=SECOND)
    change(session=session, values={"start": THIRD}, origin=PERSON, is_correction=True)
    told = session.changes.get(is_public=True)
    assert (told.old, told.new) == (FIRST.isoformat(), THIRD.isoformat())
    assert stored(session).moved_from == FIRST


# Imports and people


@pytest.mark.parametrize(
    ("field", "by_hand", "imported"),
    [("start", SECOND, THIRD), ("status", "cancelled", "planned"), ("end", FIRST + dt.timedelta(hours=3), None)],
)
def test_an_import_leaves_what_a_person_has_set(
    session: CouncilSession, field: str, by_hand: Any, imported: Any
) -> None:
    assert written(session, PERSON, **{field: by_hand}).overridden == [field]
    after = written(session, IMPORT, **{field: imported})
    assert (getattr(after, field), after.overridden) == (by_hand, [field])


def test_an_import_writes_what_no_person_has_set(session: CouncilSession) -> None:
    written(session, PERSON, status="invited")
    after = written(session, IMPORT, start=SECOND, status="planned")
    assert (after.start, after.status, after.overridden) == (SECOND, "invited", ["status"])
    assert session.changes.get(field="start").origin == IMPORT


def test_an_import_does_not_move_a_day_that_is_over(body: CouncilBody) -> None:
    past = factories.session(body, 1, factories.berlin(2025, 1, 28, 16))
    after = written(past, IMPORT, start=SECOND, minutes_url="https://rat.example/1")
    assert (after.start, after.minutes_url) == (past.start, "https://rat.example/1")


def test_an_import_moves_a_session_of_today(body: CouncilBody) -> None:
    today = factories.session(body, 1, timezone.now())
    assert written(today, IMPORT, start=SECOND).start == SECOND


def test_an_import_that_moves_a_session_onto_a_taken_number_gives_it_the_next_one(
    session: CouncilSession, body: CouncilBody
) -> None:
    for number in (3, 7):
        factories.session(body, number, factories.berlin(2100, number, 1, 16))
    after = written(session, IMPORT, start=factories.berlin(2100, 1, 12, 16))
    assert (after.year, after.number) == (2100, 8)


# Addresses


@pytest.fixture
def page(body: CouncilBody) -> None:
    factories.council(factories.municipality(), body, slug="rat")


@pytest.mark.parametrize(
    ("values", "address"),
    [({"number": 5}, "2099/5"), ({"start": factories.berlin(2100, 1, 12, 16)}, "2100/3")],
    ids=["number", "year"],
)
@pytest.mark.parametrize("code", ["de", "ar"])
def test_the_old_address_leads_on(
    page: None, session: CouncilSession, client: Client, values: dict[str, Any], address: str, code: str
) -> None:
    written(session, **values)
    answer = client.get(f"/{code}/rat/2099/3/")
    assert (answer.status_code, answer["Location"]) == (301, f"/{code}/rat/{address}/")
    assert client.get(answer["Location"]).status_code == 200


def test_addresses_lead_on_over_several_changes_and_back(page: None, session: CouncilSession, client: Client) -> None:
    for number in (4, 5, 3):
        written(session, number=number)
    assert client.get("/de/rat/2099/3/").status_code == 200
    assert [client.get(f"/de/rat/2099/{number}/")["Location"] for number in (4, 5)] == ["/de/rat/2099/3/"] * 2


def test_a_session_that_takes_the_old_number_answers_there(
    page: None, session: CouncilSession, body: CouncilBody, client: Client
) -> None:
    written(session, number=5)
    factories.session(body, 3, THIRD)
    assert client.get("/de/rat/2099/3/").status_code == 200


def test_an_address_that_was_never_public_leads_nowhere(page: None, session: CouncilSession, client: Client) -> None:
    written(session, is_public=False)
    written(session, number=5)
    assert not FormerAddress.objects.exists()
    assert client.get("/de/rat/2099/3/").status_code == 404


def test_an_old_address_does_not_betray_a_hidden_session(page: None, session: CouncilSession, client: Client) -> None:
    written(session, number=5)
    written(session, is_public=False)
    assert client.get("/de/rat/2099/3/").status_code == 404
