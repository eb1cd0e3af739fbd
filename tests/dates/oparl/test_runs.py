"""A run from the server to the pages of the council."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from dates.models import CouncilSession, ImportRun, OParlSource, SessionChange, SourceMeeting
from dates.oparl import runs
from tests import factories
from tests.dates.oparl import stub
from tests.dates.oparl.stub import Town, day

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    """Six meetings: two that were, four ahead."""
    with stub.running(monkeypatch) as town:
        for number, ahead in enumerate((-80, -20, 20, 50, 80, 110), start=1):
            town.meeting(number, day(ahead))
        yield town


@pytest.fixture
def source(town: Town) -> OParlSource:
    return stub.source(town)


def test_the_sessions_of_the_server_are_on_the_page(source: OParlSource, client: Client) -> None:
    run = runs.run(source)
    assert (run.outcome, run.counts["new"]) == ("complete", 6), run.sentence
    assert CouncilSession.objects.public().count() == 6
    for session in CouncilSession.objects.all():
        assert client.get(f"/de/rat/{session.year}/{session.number}/").status_code == 200
    assert {str(session.place) for session in CouncilSession.objects.all()} == {"Ratssaal"}


def everything() -> list[Any]:
    """Every row but those of runs, as it stands in the database."""
    from django.apps import apps

    return [
        sorted(map(str, model._base_manager.values_list()))
        for model in apps.get_models(include_auto_created=True)
        if model is not ImportRun
    ]


def test_a_second_run_writes_nothing(town: Town, source: OParlSource, django_assert_num_queries: Any) -> None:
    runs.run(source)
    before = everything()
    for meeting in town.meetings:
        meeting["modified"] = "2026-01-02T03:00:00+01:00"
    run = runs.run(source)
    assert run.outcome == "nothing_new"
    assert everything() == before


def test_a_moved_session_keeps_uid_and_address_and_tells_of_it(town: Town, source: OParlSource) -> None:
    runs.run(source)
    row = SourceMeeting.objects.get(oparl_id=town.meetings[3]["id"])
    before = row.session
    town.meetings[3]["start"] = day(52, "17:00")
    assert runs.run(source).counts["changed"] == 1
    after = CouncilSession.objects.get(pk=before.pk)
    assert (after.uid, after.number, after.year) == (before.uid, before.number, before.year)
    assert after.start.isoformat() != before.start.isoformat()
    assert (after.is_moved, after.sequence) == (True, before.sequence + 1)
    assert SessionChange.objects.get().origin == "import"


def test_a_cancelled_session_shows_it_and_one_that_is_on_again_too(
    town: Town, source: OParlSource, client: Client
) -> None:
    runs.run(source)
    session = SourceMeeting.objects.get(oparl_id=town.meetings[2]["id"]).session
    for fields, status in (({"cancelled": True}, "cancelled"), ({"cancelled": False}, "planned")):
        town.meetings[2].update(fields)
        runs.run(source)
        session.refresh_from_db()
        assert session.status == status
    town.meetings[2]["name"] = "ENTFÄLLT: 3. Sitzung"
    runs.run(source)
    assert b"badge bad" in client.get(f"/de/rat/{session.year}/{session.number}/").content


def test_what_the_server_deleted_is_withdrawn(town: Town, source: OParlSource) -> None:
    runs.run(source)
    gone = town.meetings[4]
    town.delete(gone)
    run = runs.run(source)
    assert run.counts["deleted"] == 1
    row = SourceMeeting.objects.get(oparl_id=gone["id"])
    assert row.session.status == "withdrawn"
    assert runs.run(source).outcome == "nothing_new"
    town.meetings.append(gone)
    town.tombstones.clear()
    runs.run(source)
    row.session.refresh_from_db()
    assert row.session.status == "planned"


def test_what_was_held_stays_when_the_server_deletes_it(town: Town, source: OParlSource) -> None:
    runs.run(source)
    town.delete(town.meetings[0])
    runs.run(source)
    row = SourceMeeting.objects.get(deleted_at__isnull=False)
    assert row.session.status == "planned"
    assert "past_deleted" in row.doubts


def test_what_the_server_does_not_list_any_more_stays_public(town: Town, source: OParlSource) -> None:
    runs.run(source)
    town.meetings.pop(4)
    run = runs.run(source)
    assert run.counts["missing"] == 1
    row = SourceMeeting.objects.exclude(missing_since=None).get()
    assert (row.session.status, row.session.is_public) == ("planned", True)
    assert "missing" in row.doubts
    assert runs.run(source).outcome == "nothing_new"


@pytest.mark.parametrize("lost", [[0, 1], [4, 5], [0, 1, 2, 3, 4, 5]])
def test_a_run_that_looks_like_a_loss_is_rejected_as_a_whole(town: Town, source: OParlSource, lost: list[int]) -> None:
    runs.run(source)
    before = everything()
    town.meetings = [meeting for number, meeting in enumerate(town.meetings) if number not in lost]
    for meeting in town.meetings:
        meeting["start"] = day(200)
    run = runs.run(source)
    assert (run.outcome, run.reason) == ("rejected", "loss")
    assert everything() == before
    assert runs.run(source, accept_loss=True).outcome == "complete"


def test_two_sessions_ahead_are_not_deleted_in_one_night(town: Town, source: OParlSource) -> None:
    runs.run(source)
    gone = [town.meetings[5], town.meetings[4]]
    for meeting in gone:
        town.delete(meeting)
    assert runs.run(source).outcome == "complete"
    rows = SourceMeeting.objects.filter(oparl_id__in=[meeting["id"] for meeting in gone])
    assert [(row.session.status, row.session.is_public) for row in rows] == [("planned", True)] * 2
    assert all("deleted_together" in row.doubts for row in rows)


def test_two_that_wait_for_a_person_block_no_later_run(town: Town, source: OParlSource) -> None:
    runs.run(source)
    for meeting in (town.meetings[5], town.meetings[4]):
        town.delete(meeting)
    runs.run(source)
    town.tombstones.clear()  # as after a week
    town.meetings[3]["cancelled"] = True
    assert runs.run(source).outcome == "complete"
    assert runs.run(source).outcome == "nothing_new"
    found = sorted(CouncilSession.objects.values_list("status", flat=True))
    assert found == ["cancelled", *["planned"] * 5]
    runs.run(source, accept_loss=True)
    found = sorted(CouncilSession.objects.values_list("status", flat=True))
    assert found == ["cancelled", "planned", "planned", "planned", "withdrawn", "withdrawn"]
    assert not source.may_accept_loss


def test_what_a_person_has_set_is_left_alone(town: Town, source: OParlSource) -> None:
    from dates.council import session_changes

    runs.run(source)
    session = SourceMeeting.objects.get(oparl_id=town.meetings[2]["id"]).session
    start = session.start.replace(minute=30)
    session_changes.change(session=session, values={"start": start}, origin="person", by=factories.press())
    town.meetings[2].update(start=day(25), location={**town.meetings[2]["location"], "description": "Volkspark"})
    runs.run(source)
    session.refresh_from_db()
    assert session.start == start
    assert str(session.place) == "Volkspark"


def test_a_session_entered_by_hand_is_joined_and_keeps_what_it_says(town: Town, source: OParlSource) -> None:
    start = factories.berlin(2026, 1, 1, 15, 0).fromisoformat(town.meetings[3]["start"]).replace(hour=18)
    by_hand = factories.session(source.council, 44, start)
    run = runs.run(source)
    assert run.counts["new"] == 6
    assert CouncilSession.objects.count() == 6
    by_hand.refresh_from_db()
    assert (by_hand.start, by_hand.number) == (start, 44)
    assert by_hand.source_meetings.get().doubts == ["same_day"]


def test_a_successor_with_new_ids_doubles_nothing(town: Town, source: OParlSource) -> None:
    runs.run(source)
    uids = set(CouncilSession.objects.values_list("uid", flat=True))
    for meeting in town.meetings:
        meeting["id"] = meeting["id"].replace("/meetings/", "/meetings/9")
    run = runs.run(source, accept_loss=True)
    assert run.outcome == "complete"
    assert set(CouncilSession.objects.values_list("uid", flat=True)) == uids
    assert not SessionChange.objects.exists()


def test_a_session_that_a_person_deleted_is_not_made_again(town: Town, source: OParlSource) -> None:
    runs.run(source)
    SourceMeeting.objects.get(oparl_id=town.meetings[5]["id"]).session.delete()
    town.meetings[5]["start"] = day(111)
    runs.run(source)
    assert CouncilSession.objects.count() == 5
