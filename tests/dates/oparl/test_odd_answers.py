"""A server that is half in order: what is good of it arrives, the rest is skipped and told."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from dates.models import CouncilSession, OParlSource, SessionChange, SourceMeeting
from dates.oparl import runs
from tests import factories
from tests.dates.oparl import stub
from tests.dates.oparl.stub import LIST, SCHEMA, Town, day
from tests.http_stub import Handler, Reply

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    """Four meetings ahead."""
    with stub.running(monkeypatch) as town:
        for number, ahead in enumerate((20, 50, 80, 110), start=1):
            town.meeting(number, day(ahead))
        yield town


@pytest.fixture
def source(town: Town) -> OParlSource:
    return stub.source(town)


def session_of(meeting: dict[str, Any]) -> CouncilSession:
    found = SourceMeeting.objects.get(oparl_id=meeting["id"]).session
    assert found is not None
    return found


def only_named(town: Town, *silent: int) -> None:
    """The list names its meetings, which stand at their addresses, but for those at the positions of ``silent``."""
    for position, meeting in enumerate(town.meetings):
        status = 404 if position in silent else 200
        town.server.say(urlsplit(meeting["id"]).path, json.dumps(meeting) if status == 200 else "", status)
    town.server.say(LIST, json.dumps({"data": [meeting["id"] for meeting in town.meetings]}))


def asked(town: Town, path: str) -> int:
    return sum(each.partition("?")[0] == path for each in town.server.asked)


# What is only named


def test_a_meeting_that_answers_404_costs_itself_and_a_cancellation_arrives(town: Town, source: OParlSource) -> None:
    runs.run(source)
    town.meetings[2]["cancelled"] = True
    only_named(town, 0)
    for _night in range(2):
        run = runs.run(source)
        assert run.is_complete, run.sentence
        assert any(town.meetings[0]["id"] in remark for remark in run.report["remarks"])
    assert session_of(town.meetings[2]).status == "cancelled"
    first = SourceMeeting.objects.get(oparl_id=town.meetings[0]["id"])
    assert (first.missing_since, first.session.status) == (None, "planned")


def test_two_that_answer_404_are_no_loss(town: Town, source: OParlSource) -> None:
    runs.run(source)
    only_named(town, 0, 1, 2)
    assert runs.run(source).is_complete
    assert not SourceMeeting.objects.exclude(missing_since=None).exists()


def test_a_server_that_answers_for_none_of_its_meetings_fails(town: Town, source: OParlSource) -> None:
    only_named(town, 0, 1, 2, 3)
    assert runs.run(source).outcome == "failed"


def test_a_place_that_many_name_is_asked_for_once(town: Town, source: OParlSource) -> None:
    town.server.say("/oparl/saal", json.dumps({"type": f"{SCHEMA}Location", "description": "Saal"}))
    for meeting in town.meetings:
        meeting["location"] = town.at("saal")
    runs.run(source)
    assert {str(session.place) for session in CouncilSession.objects.all()} == {"Saal"}
    assert asked(town, "/oparl/saal") == 1


def test_a_place_that_tells_only_its_identity_is_asked_for(town: Town, source: OParlSource) -> None:
    town.server.say("/oparl/saal", json.dumps({"type": f"{SCHEMA}Location", "description": "Saal"}))
    for meeting in town.meetings:
        meeting["location"] = {"id": town.at("saal"), "type": f"{SCHEMA}Location"}
    runs.run(source)
    assert {str(session.place) for session in CouncilSession.objects.all()} == {"Saal"}


def test_a_place_that_cannot_be_had_is_told_and_changes_nothing(town: Town, source: OParlSource) -> None:
    runs.run(source)
    town.meetings[0]["location"] = town.at("gone")
    run = runs.run(source)
    assert any(town.at("gone") in remark for remark in run.report["remarks"])
    assert str(session_of(town.meetings[0]).place) == "Ratssaal"


def test_no_more_is_asked_for_than_is_allowed(town: Town, source: OParlSource, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dates.oparl.server.MOST_NAMED", 2)
    for number, meeting in enumerate(town.meetings):
        meeting["location"] = town.at(f"place/{number}")
    run = runs.run(source)
    assert run.is_complete
    assert sum("/oparl/place/" in path for path in town.server.asked) == 2


def test_a_server_out_of_order_is_left_alone_after_some_objects(town: Town, source: OParlSource) -> None:
    for number, meeting in enumerate(town.meetings):
        meeting["location"] = town.at(f"place/{number}")
        town.server.say(f"/oparl/place/{number}", "", 500)
    assert runs.run(source).is_complete
    assert len({path for path in town.server.asked if "/place/" in path}) == 3


def test_files_are_read_where_they_are_only_named(town: Town, source: OParlSource) -> None:
    source.hosts = [town.server.name, "ratsinfo.example"]
    source.save()
    for name in ("invitation", "resultsProtocol", "auxiliaryFile"):
        town.server.say(f"/oparl/{name}", json.dumps({"accessUrl": f"https://ratsinfo.example/{name}"}))
    town.meetings[0] |= {
        "invitation": town.at("invitation"),
        "resultsProtocol": town.at("resultsProtocol"),
        "auxiliaryFile": {"id": town.at("auxiliaryFile"), "accessUrl": "https://ratsinfo.example/auxiliaryFile"},
    }
    runs.run(source)
    session = session_of(town.meetings[0])
    found = [session.agenda_url, session.minutes_url, session.papers_url]
    assert found == [f"https://ratsinfo.example/{name}" for name in ("invitation", "resultsProtocol", "auxiliaryFile")]


# What is told twice, or cannot be


@pytest.mark.parametrize("newer_first", [False, True])
def test_of_a_meeting_told_twice_the_newer_counts(town: Town, source: OParlSource, newer_first: bool) -> None:
    old = {**town.meetings[0], "modified": "2026-01-01T00:00:00+01:00"}
    new = {**old, "modified": "2026-02-01T00:00:00+01:00", "start": day(25), "cancelled": True}
    town.meetings[:1] = [new, old] if newer_first else [old, new]
    runs.run(source)
    session = session_of(new)
    assert (session.start.isoformat()[:10], session.status) == (day(25)[:10], "cancelled")
    assert "told_twice" not in SourceMeeting.objects.get(session=session).doubts


def test_of_a_meeting_told_twice_at_one_moment_the_first_counts_and_is_flagged(town: Town, source: OParlSource) -> None:
    town.meetings.append({**town.meetings[0], "start": day(300)})
    runs.run(source)
    assert "told_twice" in SourceMeeting.objects.get(oparl_id=town.meetings[0]["id"]).doubts


def test_an_end_before_the_start_is_dropped_without_a_word_to_visitors(town: Town, source: OParlSource) -> None:
    town.meetings[0]["end"] = day(20, "18:00")
    runs.run(source)
    session = session_of(town.meetings[0])
    end = session.end
    assert end is not None
    town.meetings[0]["end"] = day(20, "14:00")
    runs.run(source)
    session.refresh_from_db()
    assert (session.end, session.sequence, session.is_moved) == (end, 0, False)
    assert not SessionChange.objects.exists()
    assert "early_end" in SourceMeeting.objects.get(session=session).doubts
    town.meetings[1]["end"] = day(50, "12:00")
    runs.run(source)
    assert session_of(town.meetings[1]).end is None
    assert not SessionChange.objects.exists()


def test_a_session_that_moves_past_its_end_tells_of_its_start_alone(town: Town, source: OParlSource) -> None:
    town.meetings[0]["end"] = day(20, "18:00")
    runs.run(source)
    town.meetings[0]["start"] = day(20, "19:00")
    runs.run(source)
    session = session_of(town.meetings[0])
    assert (session.end, session.is_moved) == (None, True)
    assert [change.field for change in session.changes.all()] == ["start"]


def test_a_name_with_entities_makes_a_place_with_signs(town: Town, source: OParlSource) -> None:
    for meeting in town.meetings:
        meeting["location"] = {"description": "Rat &amp; Tat", "streetAddress": "Ring 1"}
    runs.run(source)
    assert {str(session.place) for session in CouncilSession.objects.all()} == {"Rat & Tat"}


# What has not changed


def with_marks(town: Town, mark: dict[str, str]) -> list[int]:
    """The list answers 304 to who knows ``mark``; returns the statuses that it gave."""
    given: list[int] = []

    def page(handler: Handler) -> Reply:
        header = {"ETag": "if-none-match", "Last-Modified": "if-modified-since"}
        known = {name: handler.headers.get(header[name], "") for name in mark}
        reply = town.page(handler)
        if known == mark:
            given.append(304)
            return Reply(b"", 304, mark)
        given.append(200)
        return Reply(reply.body, 200, {**reply.headers, **mark})

    town.server.answers[LIST] = [page]
    return given


@pytest.mark.parametrize(
    "mark", [{"ETag": '"1"'}, {"Last-Modified": "Mon, 05 Jan 2026 03:00:00 GMT"}], ids=lambda mark: next(iter(mark))
)
def test_an_answer_of_304_is_a_good_run(town: Town, source: OParlSource, mark: dict[str, str]) -> None:
    town.page_size = 2
    given = with_marks(town, mark)
    assert runs.run(source).counts["new"] == 4
    given.clear()
    run = runs.run(source)
    assert (run.outcome, run.counts["found"]) == ("nothing_new", 4)
    assert given[:2] == [304, 304]
    mark[next(iter(mark))] = '"2"' if "ETag" in mark else "Tue, 06 Jan 2026 03:00:00 GMT"
    town.meetings[0]["cancelled"] = True
    assert runs.run(source).outcome == "complete"
    assert session_of(town.meetings[0]).status == "cancelled"


def test_after_a_week_everything_is_asked_for_anew(town: Town, source: OParlSource) -> None:
    from dates.oparl.answers import TRUSTED_FOR, KeptAnswer

    given = with_marks(town, {"ETag": '"for ever"'})
    runs.run(source)
    town.meetings[0]["cancelled"] = True
    runs.run(source)
    for row in KeptAnswer.objects.all():
        row.told_at -= TRUSTED_FOR
        row.save()
    given.clear()
    runs.run(source)
    assert given[0] == 200
    assert session_of(town.meetings[0]).status == "cancelled"


def test_what_is_kept_of_an_answer_names_no_people_and_nothing_secret(town: Town, source: OParlSource) -> None:
    from dates.oparl.answers import KeptAnswer

    secret = {"id": town.at("item/1"), "type": f"{SCHEMA}AgendaItem", "name": "Grundstück", "public": False}
    town.meetings[0] |= {"participant": [{"name": "Frau Muster"}], "agendaItem": [secret]}
    with_marks(town, {"ETag": '"1"'})
    runs.run(source)
    kept = " ".join(KeptAnswer.objects.values_list("body", flat=True))
    assert town.meetings[0]["id"] in kept
    assert "Muster" not in kept
    assert "Grundst" not in kept


# One meeting of two organisations


def test_a_meeting_of_two_organisations_is_one_session_of_both(town: Town, source: OParlSource) -> None:
    both = [town.at("organisations/7"), town.at("organisations/8")]
    town.meetings[0]["organization"] = both
    committee = factories.council_body("ausschuss", de="Ausschuss")
    told = {**town.organisations[1], "meeting": [town.meetings[0]]}
    town.server.say("/oparl/organisations/8", json.dumps(told))
    other = stub.source(town, council=committee, organisation_url=town.at("organisations/8"))
    runs.run(source)
    assert runs.run(other).is_complete
    assert CouncilSession.objects.count() == 4
    session = CouncilSession.objects.get(joint_bodies=committee)
    assert session.body == source.council
    assert [runs.run(each).outcome for each in (source, other)] == ["nothing_new", "nothing_new"]
    assert set(CouncilSession.objects.met_by(committee)) == {session}
