"""Whatever a server sends becomes values with flags, or is named unreadable."""

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dates.oparl import objects, reading, verdict
from dates.oparl.objects import Unreadable
from tests.factories import BERLIN, berlin

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
MOMENTS = st.datetimes().map(dt.datetime.isoformat) | st.datetimes(timezones=st.timezones()).map(dt.datetime.isoformat)
MEETING = st.fixed_dictionaries(
    {"id": st.just("https://ratsinfo.example/m/1"), "type": st.just("https://schema.oparl.org/1.1/Meeting")},
    optional={name: JSON | MOMENTS for name in (*reading.KEPT, "modified") if name not in ("id", "type")},
)


def read(**fields: Any) -> reading.Meeting:
    value = {"id": "https://ratsinfo.example/m/1", "type": "https://schema.oparl.org/1.1/Meeting", **fields}
    meeting = reading.read_meeting(objects.parsed(json.dumps(value).encode()))
    assert meeting is not None
    return meeting


# Any text, any JSON


@given(st.binary() | st.text().map(str.encode))
def test_no_text_breaks_the_reader(body: bytes) -> None:
    for read_body in (objects.read_list, objects.read_object):
        try:
            read_body(body)
        except Unreadable as error:
            assert error.reason in {"html", "not_json", "not_a_list", "not_an_object"}


@given(JSON)
def test_no_json_breaks_the_reader(value: Any) -> None:
    value = objects.parsed(json.dumps(value).encode())
    for item in value if isinstance(value, list) else [value]:
        meeting = reading.read_meeting(item)
        assert meeting is None or meeting.id
    try:
        assert isinstance(objects.listed(value).next, str)
    except Unreadable as error:
        assert error.reason == "not_a_list"


@given(MEETING)
def test_whatever_a_meeting_says_it_can_be_kept(value: Any) -> None:
    meeting = reading.read_meeting(objects.parsed(json.dumps(value).encode()))
    assert meeting is not None
    json.dumps(meeting.raw, allow_nan=False).encode("ascii")
    "".join([meeting.name, meeting.location.text]).encode()
    assert "\0" not in meeting.name
    assert set(meeting.flags) <= verdict.SENTENCES.keys()
    if meeting.start is not None:
        assert meeting.start.tzinfo is not None
        assert 1990 <= meeting.start.year <= 2099
        assert meeting.end is None or meeting.end > meeting.start


@given(st.datetimes(dt.datetime(2000, 1, 1), dt.datetime(2040, 1, 1)), st.timezones())
def test_a_moment_with_time_zone_is_the_same_moment_in_berlin(moment: dt.datetime, zone: dt.tzinfo) -> None:
    there = moment.replace(second=0, microsecond=0, tzinfo=dt.UTC).astimezone(zone)
    start, local = read(start=there.isoformat()).start, there.astimezone(BERLIN)
    assert start == (None if (local.hour, local.minute) == (0, 0) else there)


# Time


@pytest.mark.parametrize(
    ("text", "start", "flags"),
    [
        ("2026-01-27T16:00:00+01:00", berlin(2026, 1, 27, 16), ()),
        ("2026-06-23T16:00:00+02:00", berlin(2026, 6, 23, 16), ()),
        ("2026-06-23T14:00:00Z", berlin(2026, 6, 23, 16), ()),
        ("2026-01-27T16:00:00", berlin(2026, 1, 27, 16), ("naive_time",)),
        ("2026-06-23T16:00", berlin(2026, 6, 23, 16), ("naive_time",)),
        ("2026-01-27T16:00:00+02:00", berlin(2026, 1, 27, 15), ("strange_offset",)),
        ("2026-06-23T16:00:00+01:00", berlin(2026, 6, 23, 17), ("strange_offset",)),
        ("2026-01-27T15:00:00+00:00", berlin(2026, 1, 27, 16), ()),
        ("2026-10-25T02:30:00+02:00", berlin(2026, 10, 25, 2, 30), ()),
        ("2026-01-27", None, ("no_time",)),
        ("2026-01-27T00:00:00+01:00", None, ("no_time",)),
        ("2026-01-26T23:00:00Z", None, ("no_time",)),
        ("27.01.2026 16:00", None, ("strange_start",)),
        ("0001-01-01T00:00:00+14:00", None, ("strange_start",)),
        (None, None, ("no_start",)),
        (1769526000, None, ("strange_start",)),
    ],
)
def test_the_start_is_read_in_berlin(text: Any, start: dt.datetime | None, flags: tuple[str, ...]) -> None:
    meeting = read(start=text)
    assert (meeting.start, meeting.flags) == (start, flags)


@pytest.mark.parametrize(
    ("end", "known"),
    [
        ("2026-01-27T18:30:00+01:00", True),
        ("2026-01-28T01:00:00+01:00", True),
        (None, False),
        ("2026-01-27T16:00:00+01:00", False),
        ("2026-01-27T15:00:00+01:00", False),
        ("2026-01-28T00:00:00+01:00", False),
        ("2026-01-27T00:00:00+01:00", False),
        ("2026-02-27T18:00:00+01:00", False),
        ("abends", False),
    ],
)
def test_an_end_that_cannot_be_is_unknown(end: Any, known: bool) -> None:
    assert (read(start="2026-01-27T16:00:00+01:00", end=end).end is not None) == known


def test_an_end_before_the_start_is_flagged() -> None:
    for end, flags in (
        ("2026-01-27T14:00:00+01:00", ("early_end",)),
        ("2026-01-27T16:00:00+01:00", ()),
        ("2026-01-27T00:00:00+01:00", ()),
    ):
        assert read(start="2026-01-27T16:00:00+01:00", end=end).flags == flags


# Cancelled, deleted


@pytest.mark.parametrize(
    ("fields", "cancelled", "flags"),
    [
        ({"cancelled": True}, True, ()),
        ({"name": "ENTFÄLLT: 3. Sitzung"}, True, ("cancelled_by_name",)),
        ({"name": "Entfällt!"}, True, ("cancelled_by_name",)),
        ({"name": "*** ENTFAELLT *** Sitzung"}, True, ("cancelled_by_name",)),
        ({"name": "ENTFA\u0308LLT"}, True, ("cancelled_by_name",)),
        ({"name": "3. Sitzung entfällt"}, False, ("maybe_cancelled",)),
        ({"name": "3. Sitzung (abgesagt)"}, False, ("maybe_cancelled",)),
        ({"meetingState": "verschoben"}, False, ("maybe_cancelled",)),
        ({"name": "ENTFÄLLT: 3. Sitzung", "cancelled": True}, True, ()),
        ({"cancelled": "true"}, True, ()),
        ({"cancelled": "True "}, True, ()),
        ({"cancelled": "false"}, False, ()),
        ({"cancelled": "ja"}, False, ("maybe_cancelled",)),
        ({"cancelled": 1}, False, ("maybe_cancelled",)),
        ({"cancelled": False, "meetingState": "terminiert"}, False, ()),
    ],
)
def test_cancelled_is_what_says_so_plainly(fields: dict[str, Any], cancelled: bool, flags: tuple[str, ...]) -> None:
    meeting = read(start="2026-01-27T16:00:00+01:00", **fields)
    assert (meeting.cancelled, meeting.flags) == (cancelled, flags)


def test_a_tombstone_needs_no_type() -> None:
    gone = reading.read_meeting({"id": "https://ratsinfo.example/m/1", "deleted": True})
    assert gone is not None
    assert gone.deleted
    for no_meeting in (
        {"id": "https://ratsinfo.example/m/1"},
        {"deleted": True},
        {"id": "https://ratsinfo.example/p/1", "deleted": True, "type": "https://schema.oparl.org/1.1/Paper"},
    ):
        assert reading.read_meeting(no_meeting) is None


@pytest.mark.parametrize("value", ["true", 1, "false", [], {}])
def test_deleted_is_true_or_nothing(value: Any) -> None:
    meeting = read(deleted=value)
    assert not meeting.deleted
    assert "maybe_deleted" in meeting.flags


# Places


@pytest.mark.parametrize(
    ("location", "text"),
    [
        (None, ""),
        ("", ""),
        ("N/A", ""),
        ("https://ratsinfo.example/location/1", ""),
        ("Ratssaal", "Ratssaal"),
        ({"description": " n/a ", "room": "-"}, ""),
        ({"description": "Rathaus", "room": "Ratssaal"}, "Rathaus, Ratssaal"),
        ({"description": "Rathaus, Ratssaal", "room": "Ratssaal"}, "Rathaus, Ratssaal"),
        (
            {"room": "A 201", "streetAddress": "Ring 1", "postalCode": "58095", "locality": "Hagen"},
            "A 201, Ring 1, 58095 Hagen",
        ),
        ({"description": ["Rathaus"]}, ""),
        ([{"description": "Rathaus"}], "Rathaus"),
        ("k. A.", ""),
        ("N.N.", ""),
        ({"description": "N / A", "streetAddress": "N/A", "postalCode": "58095", "locality": "Hagen"}, ""),
        ({"postalCode": "58095", "locality": "Hagen"}, ""),
        ({"description": "Rat &amp; Tat"}, "Rat & Tat"),
        ({"description": "Rat &amp;amp; Tat &lt;b&gt;"}, "Rat &amp; Tat <b>"),
    ],
)
def test_a_place_is_what_the_server_really_says(location: Any, text: str) -> None:
    assert read(location=location).location.text == text


# Files and points of the agenda


@pytest.mark.parametrize("field", ["invitation", "resultsProtocol", "auxiliaryFile"])
@pytest.mark.parametrize("several", [False, True])
def test_a_file_is_an_object_or_one_of_several(field: str, several: bool) -> None:
    file = {"id": "https://ratsinfo.example/f/1", "accessUrl": "https://ratsinfo.example/f?a=1&amp;copy=2"}
    meeting = read(**{field: [{"accessUrl": "ftp://x"}, file] if several else file})
    assert {meeting.agenda, meeting.minutes, meeting.papers} == {"", "https://ratsinfo.example/f?a=1&copy=2"}


def item(number: int, **fields: Any) -> dict[str, Any]:
    return {
        "id": f"https://ratsinfo.example/i/{number}",
        "type": "https://schema.oparl.org/1.1/AgendaItem",
        "number": str(number),
        "name": f"Bericht {number}",
        "public": True,
        **fields,
    }


def test_points_of_the_agenda_come_in_their_order_with_paper_and_result() -> None:
    paper = {"web": "https://ratsinfo.example/p/1"}
    meeting = read(
        agendaItem=[
            item(
                2, order=2, result="ungeändert beschlossen", auxiliaryFile={"accessUrl": "https://ratsinfo.example/2"}
            ),
            item(1, order=1, name="Anfragen &amp; Antworten", consultation={"paper": paper}),
        ]
    )
    assert meeting.items is not None
    assert [(each.number, each.title, each.paper, each.result) for each in meeting.items] == [
        ("1", "Anfragen & Antworten", "https://ratsinfo.example/p/1", ""),
        ("2", "Bericht 2", "https://ratsinfo.example/2", "ungeändert beschlossen"),
    ]


@pytest.mark.parametrize(
    ("public", "flags"), [(False, ()), ("false", ()), (None, ()), (1, ()), (..., ("agenda_unclear",))]
)
def test_a_point_that_is_not_said_to_be_public_is_neither_read_nor_kept(public: Any, flags: tuple[str, ...]) -> None:
    secret = item(2, name="Grundstück Müller", public=public, result="vertagt", auxiliaryFile="https://x.example/s")
    if public is ...:
        del secret["public"]
    meeting = read(start="2026-01-27T16:00:00+01:00", agendaItem=[item(1), secret])
    assert meeting.items is not None
    assert [each.number for each in meeting.items] == ["1"]
    assert meeting.flags == flags
    kept = json.dumps(meeting.raw)
    assert not any(word in kept for word in ("Grundst", "vertagt", "x.example"))


def test_an_agenda_that_is_not_told_is_not_an_empty_one() -> None:
    assert read().items is None
    assert read(agendaItem=7).items is None
    assert read(agendaItem=["https://ratsinfo.example/i/1"]).items is None
    assert read(agendaItem=[]).items == ()


# Objects and lists


def test_raw_control_characters_are_read_and_not_kept() -> None:
    assert objects.read_object(b'\xef\xbb\xbf{"name": "3.\tSitzung\n\x01"}') == {"name": "3. Sitzung  "}


def test_what_is_written_anew_every_night_is_not_kept() -> None:
    first, second = (read(modified=day, location={"modified": day}).raw for day in ("2026-01-01", "2026-01-02"))
    assert first == second


def test_people_of_a_meeting_are_not_kept() -> None:
    assert "participant" not in read(participant=["https://ratsinfo.example/person/1"], agendaItem=[{}]).raw


@pytest.mark.parametrize(
    ("kind", "known"),
    [
        ("https://schema.oparl.org/1.0/Meeting", "Meeting"),
        ("https://schema.oparl.org/1.1/Meeting", "Meeting"),
        ("http://schema.oparl.org/1.1/Meeting/", "Meeting"),
        ("https://schema.oparl.org/2.0/Meeting", ""),
        ("https://schema.example/1.1/Meeting", ""),
        ("Meeting", ""),
        (None, ""),
    ],
)
def test_a_type_is_one_of_oparl(kind: Any, known: str) -> None:
    assert objects.kind({"type": kind}) == known


def test_references_are_objects_or_addresses() -> None:
    assert objects.references([{"id": "a"}, "b", None, {"id": 7}, 8]) == ("a", "b")
    assert objects.references("a") == objects.references({"id": "a"}) == ("a",)
