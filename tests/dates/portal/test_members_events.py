"""Events in "My organisation": members add, change, copy and cancel those of their own, and no others."""

from typing import Any
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Site

from cms.accounts import User
from cms.pages import drafts
from dates.models import EventIndexPage, EventPage
from directory.models import DirectoryPage, OrganisationPage
from directory.records.record import record_of
from directory.review import moderation
from tests import factories, webpages

pytestmark = pytest.mark.django_db
TITLE = "Sommerfest im Hof"


@pytest.fixture
def site(db: None) -> Site:
    return factories.municipality()


@pytest.fixture
def directory(site: Site) -> DirectoryPage:
    return factories.directory(site)


@pytest.fixture
def index(site: Site) -> EventIndexPage:
    return factories.event_index(site)


@pytest.fixture
def club(directory: DirectoryPage) -> OrganisationPage:
    return factories.organisation(directory, "Verein", slug="verein", languages_spoken=["ar", "ckb"])


@pytest.fixture
def member(club: OrganisationPage, client: Client) -> User:
    user = factories.member(club)
    client.force_login(user)
    return user


def address(club: OrganisationPage, *parts: Any, code: str = "de") -> str:
    return "/".join([f"/{code}/my/{club.translation_key}/events", *map(str, parts), ""])


def typed(**changes: Any) -> dict[str, Any]:
    return {"title": TITLE, "start": "2031-07-05T14:00", "end": "2031-07-05T18:00", **changes}


def event_of(club: OrganisationPage, **fields: Any) -> EventPage:
    event = factories.event(club, TITLE, factories.berlin(2031, 7, 5, 14), organiser=club, **fields)
    event.save_revision()
    return EventPage.objects.get(pk=event.pk)


def draft(event: EventPage) -> EventPage:
    return drafts.draft_of(event)


WHAT, WHEN = ("title", "lead", "body"), ("start", "end", "all_day", "recurrence_until", "skips_school_holidays")
WHERE = ("place", "place_name")


def step_of(field: str) -> str:
    if field in WHEN or field.startswith("repeat_"):
        return "when"
    return "what" if field in WHAT else "where" if field in WHERE else "for-whom"


def add(client: Client, club: OrganisationPage, **changes: Any) -> EventPage:
    """The first two steps of a new event."""
    key = uuid4()
    fields = typed(**changes)
    for step in ("what", "when"):
        where = address(club, "add") if step == "what" else address(club, key, step)
        sent = {name: value for name, value in fields.items() if step_of(name) == step}
        if step == "when":
            sent["base_revision"] = EventPage.objects.get(translation_key=key).latest_revision_id
        assert client.post(where, {**sent, "new_event": str(key)}).status_code == 302
    return EventPage.objects.get(translation_key=key)


def change(client: Client, club: OrganisationPage, event: EventPage, step: str = "", **changes: Any) -> HttpResponse:
    """Sends the form of a step as it is shown, with changes."""
    where = address(club, event.translation_key, step or step_of(next(iter(changes), "title")))
    fields: dict[str, Any] = {}
    for field in webpages.read(client.get(where)).select("main form :is(input, select, textarea)[name]"):
        if field.name == "select":
            chosen = field.select_one("option[selected]")
            fields[str(field["name"])] = str(chosen["value"]) if chosen else ""
        elif field.name == "textarea":
            fields[str(field["name"])] = field.get_text().strip("\n")
        elif field.get("type") == "checkbox" and field.has_attr("checked"):
            fields.setdefault(str(field["name"]), []).append(str(field.get("value", "on")))
        elif field.get("type") not in ("checkbox", "radio") or field.has_attr("checked"):
            fields[str(field["name"])] = str(field.get("value", ""))
    return client.post(where, {**fields, **changes})


# Adding


def test_a_new_event_is_a_draft_below_the_organisation(club: OrganisationPage, member: User, client: Client) -> None:
    answer = client.post(address(club, "add"), {"title": TITLE, "body": "Mit Musik.\n\n- Kuchen\n- Tee"})
    event = EventPage.objects.child_of(club).get()
    assert (answer.status_code, answer["Location"]) == (302, address(club, event.translation_key, "when"))
    assert (event.live, event.organiser, event.owner, event.slug) == (False, club, member, "sommerfest-im-hof")
    assert draft(event).start is None
    assert str(draft(event).body[0].value.source) == "<p>Mit Musik.</p><ul><li>Kuchen</li><li>Tee</li></ul>"


def test_each_step_is_saved_and_leads_to_the_next(club: OrganisationPage, member: User, client: Client) -> None:
    client.post(address(club, "add"), {"title": TITLE})
    event = EventPage.objects.get()
    way = [
        ("when", {"start": "2031-07-05T14:00"}),
        ("where", {"place_name": "Im Hof"}),
        ("for-whom", {"language_codes": ["ar"]}),
    ]
    for (step, fields), following in zip(way, ["where", "for-whom", ""], strict=True):
        answer = change(client, club, event, step, **fields)
        assert answer["Location"] == address(club, event.translation_key, *([following] if following else []))
    newest = draft(event)
    assert (newest.start, newest.place_name, newest.language_codes) == (
        factories.berlin(2031, 7, 5, 14),
        "Im Hof",
        ["ar"],
    )
    assert client.get(address(club, event.translation_key)).status_code == 200


def test_back_saves_what_is_typed_and_asks_for_nothing(club: OrganisationPage, member: User, client: Client) -> None:
    event = event_of(club, live=False)
    answer = change(client, club, event, "when", start="", end="2031-07-05T19:00", go="back")
    assert answer["Location"] == address(club, event.translation_key, "what")
    assert (draft(event).start, draft(event).end) == (
        factories.berlin(2031, 7, 5, 14),
        factories.berlin(2031, 7, 5, 19),
    )


def test_a_step_that_was_opened_from_the_check_leads_back_there(
    club: OrganisationPage, member: User, client: Client
) -> None:
    event = event_of(club)
    here = address(club, event.translation_key)
    links = webpages.links(webpages.read(client.get(here)))
    assert f"{here}where/?to=check" in links
    page = webpages.read(client.get(f"{here}where/?to=check"))
    assert page.select_one("[name=to]")["value"] == "check"
    assert change(client, club, event, "where", place_name="Im Hof", to="check")["Location"] == here


def test_the_check_says_what_is_missing_and_offers_no_sending_meanwhile(
    club: OrganisationPage, member: User, client: Client
) -> None:
    client.post(address(club, "add"), {"title": TITLE})
    event = EventPage.objects.get()
    here = address(club, event.translation_key)
    page = webpages.read(client.get(here))
    assert [link["href"] for link in page.select("[role=alert] a")] == [f"{here}when/?to=check"]
    assert not page.select("form[action$='/submit/']")
    change(client, club, event, "when", start="2031-07-05T14:00")
    page = webpages.read(client.get(here))
    assert not page.select("[role=alert]")
    assert page.select("form[action$='/submit/']")


def test_a_form_that_is_sent_twice_makes_one_event(club: OrganisationPage, member: User, client: Client) -> None:
    key = webpages.read(client.get(address(club, "add"))).select_one("[name=new_event]")["value"]
    for _time in range(2):
        answer = client.post(address(club, "add"), {"title": TITLE, "new_event": key})
        assert (answer.status_code, answer["Location"]) == (302, address(club, key, "when"))
    assert (EventPage.objects.count(), EventPage.objects.get().revisions.count()) == (1, 1)


def test_who_goes_back_and_sends_the_form_with_other_words_changes_the_event(
    club: OrganisationPage, member: User, client: Client
) -> None:
    key = webpages.read(client.get(address(club, "add"))).select_one("[name=new_event]")["value"]
    for title in (TITLE, "Winterfest"):
        client.post(address(club, "add"), {"title": title, "new_event": key})
    assert draft(EventPage.objects.get()).title == "Winterfest"


def test_the_key_of_another_page_is_not_taken(club: OrganisationPage, member: User, client: Client) -> None:
    answer = client.post(address(club, "add"), {"title": TITLE, "new_event": str(club.translation_key)})
    assert answer.status_code == 302
    assert EventPage.objects.get().translation_key != club.translation_key


def test_an_event_without_a_date_breaks_no_list(
    index: EventIndexPage, club: OrganisationPage, member: User, client: Client
) -> None:
    client.post(address(club, "add"), {"title": TITLE})
    event = EventPage.objects.get()
    for path in (address(club), address(club, event.translation_key, "dates"), "/de/termine/"):
        assert client.get(path).status_code == 200
    assert client.post(address(club, event.translation_key, "copy")).status_code == 302
    assert client.post(address(club, event.translation_key, "submit")).status_code == 409
    EventPage.objects.filter(pk=event.pk).update(live=True)
    assert TITLE not in webpages.html(client.get("/de/termine/"))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 10_000}, "title"),
        ({"start": ""}, "start"),
        ({"start": "morgen abend"}, "start"),
        ({"start": "2031-02-30T10:00"}, "start"),
        *(({"start": f"{year}-03-01T10:00"}, "start") for year in ("0001", "0026", "1989", "9999")),
        *(({"start": f"{year}-12-31T23:59", "all_day": "on"}, "start") for year in ("0001", "9999")),
        ({"end": "9999-12-31T23:59"}, "end"),
        ({"repeat_pattern": "WEEKLY", "recurrence_until": "9999-12-31"}, "recurrence_until"),
        ({"title": "\u200b\u202e\x0b"}, "title"),
        ({"title": "\u200c \u3164\u200f"}, "title"),
        ({"end": "2031-07-05T13:00"}, "end"),
        ({"end": "später"}, "end"),
        ({"recurrence_until": "2031-08-01"}, "recurrence_until"),
        ({"repeat_pattern": "WEEKLY", "recurrence_until": "2031-07-01"}, "recurrence_until"),
        ({"repeat_pattern": "WEEKLY", "recurrence_until": "2099-07-01"}, "recurrence_until"),
        ({"repeat_pattern": "HOURLY"}, "repeat_pattern"),
        ({"repeat_pattern": "MONTH_WEEKDAY", "repeat_nths": ["-1"]}, "repeat_pattern"),
        ({"repeat_pattern": "WEEKLY", "repeat_count": "9999"}, "repeat_count"),
        ({"repeat_pattern": "WEEKLY", "repeat_row_break_0_last": "2031-08-01"}, "repeat_row_break_0_first"),
        ({"repeat_row_more_0_end": "2031-08-01T10:00"}, "repeat_row_more_0_start"),
        ({"place": "99999"}, "place"),
        ({"registration_url": "javascript:alert(1)"}, "registration_url"),
        ({"registration_phone": "12"}, "registration_phone"),
        ({"registration_email": "niemand"}, "registration_email"),
        ({"language_codes": ["tlh"]}, "language_codes"),
    ],
)
def test_what_cannot_be_right_is_explained_beside_the_field_and_kept(
    club: OrganisationPage, member: User, client: Client, changes: dict[str, Any], field: str
) -> None:
    event = event_of(club, live=False)
    step = step_of(field)
    kept = {"what": "lead", "when": "end", "where": "place_name", "for-whom": "price"}[step]
    words = {kept: "2031-07-05T18:30" if step == "when" else "Das bleibt stehen."}
    start = {"start": "2031-07-05T14:00"} if step == "when" else {}
    answer = client.post(address(club, event.translation_key, step), {**start, **words, **changes})
    page = webpages.read(answer)
    assert answer.status_code == 422
    wrong = page.select(".wrong")
    assert [webpages.text(each.select_one(".errors")) != "" for each in wrong] == [True]
    assert wrong[0].select(f"[name={field}]")
    if kept not in changes:
        assert "bleibt" in str(page.select_one(f"[name={kept}]")) or "18:30" in str(page.select_one(f"[name={kept}]"))
    assert event.revisions.count() == 1


def test_all_that_a_form_says_of_repeating_is_kept_and_shown_again(
    club: OrganisationPage, member: User, client: Client
) -> None:
    fields = {
        "repeat_pattern": "WEEKLY",
        "repeat_interval": "2",
        "repeat_weekdays": ["1", "5"],
        "repeat_count": "7",
        "skips_school_holidays": "on",
        "repeat_row_break_0_first": "2031-07-15",
        "repeat_row_break_0_last": "2031-07-16",
        "repeat_row_more_0_start": "2031-07-09T10:00",
    }
    event = draft(add(client, club, **fields))
    assert event.recurrence == "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SA;COUNT=7"
    assert [(str(each.first_day), str(each.last_day)) for each in event.breaks.all()] == [("2031-07-15", "2031-07-16")]
    assert [timezone.localtime(each.start).hour for each in event.additions.all()] == [10]
    shown = webpages.read(client.get(address(club, event.translation_key, "when")))
    assert [each["value"] for each in shown.select("[name=repeat_weekdays][checked]")] == ["1", "5"]
    assert shown.select_one("[name=repeat_row_more_0_start]")["value"] == "2031-07-09T10:00"
    before = event.latest_revision_id
    assert change(client, club, event, "when").status_code == 302
    assert EventPage.objects.get().latest_revision_id == before
    emptied = {"repeat_row_more_0_start": "", "repeat_row_break_0_first": "2031-07-14"}
    assert change(client, club, event, **emptied).status_code == 302
    newest = draft(event)
    assert [str(each.first_day) for each in newest.breaks.all()] == ["2031-07-14"]
    assert list(newest.additions.all()) == []


def test_an_event_that_is_moved_to_another_weekday_repeats_on_that_one(
    club: OrganisationPage, member: User, client: Client
) -> None:
    event = event_of(club, recurrence="FREQ=WEEKLY;BYDAY=TU,SA")
    assert change(client, club, event, start="2031-07-06T14:00").status_code == 302
    assert draft(event).recurrence == "FREQ=WEEKLY;BYDAY=TU,SU"


@pytest.mark.parametrize("title", ["عيد الصيف", "🎉🎉", "Fest\nBcc: x@example.org", "<b>Fest</b>"])
def test_any_title_makes_an_event_with_an_address(
    club: OrganisationPage, member: User, client: Client, title: str
) -> None:
    for _time in range(2):
        assert client.post(address(club, "add"), {"title": title}).status_code == 302
    events = list(EventPage.objects.all())
    assert len({event.slug for event in events}) == 2
    assert all(event.slug and event.slug.isascii() for event in events)
    assert events[0].title == " ".join(title.split())


def test_what_was_typed_without_log_in_is_there_after_it(club: OrganisationPage, client: Client) -> None:
    user = factories.member(club)
    client.force_login(user)
    client.get(address(club, "add"))
    Session.objects.all().delete()
    answer = client.post(address(club, "add"), {"title": TITLE})
    assert answer["Location"].startswith("/de/my/login/")
    client.force_login(user)
    page = webpages.read(client.get(address(club, "add")))
    assert page.select_one("[name=title]")["value"] == TITLE


# Changing


def test_a_change_is_a_draft_that_visitors_do_not_see(
    index: EventIndexPage, club: OrganisationPage, member: User, client: Client
) -> None:
    event = event_of(club)
    assert change(client, club, event, title="Winterfest").status_code == 302
    assert (draft(event).title, EventPage.objects.get(pk=event.pk).title) == ("Winterfest", TITLE)
    assert "Winterfest" not in webpages.html(client.get("/de/termine/"))


def test_an_unchanged_form_makes_no_revision(club: OrganisationPage, member: User, client: Client) -> None:
    event = event_of(club, language_codes=["ar"], is_free=True)
    assert change(client, club, event).status_code == 302
    assert event.revisions.count() == 1


def test_two_members_who_change_the_same_see_both_versions(
    club: OrganisationPage, member: User, client: Client
) -> None:
    event = event_of(club)
    base = event.latest_revision_id
    change(client, club, event, title="Von Anna")
    answer = change(client, club, event, title="Von Ben", base_revision=base)
    assert answer.status_code == 409
    assert {"Von Anna", "Von Ben"} <= set(map(webpages.text, webpages.read(answer).select(".typed")))
    assert draft(event).title == "Von Anna"


def test_blocks_that_the_press_has_added_stay(club: OrganisationPage, member: User, client: Client) -> None:
    body = [("heading", {"text": "Programm"}), ("paragraph", "<p>Um drei</p>")]
    event = event_of(club, body=body)
    change(client, club, event, body="Um vier")
    assert [block.block_type for block in draft(event).body] == ["paragraph", "heading"]
    assert draft(event).body[0].value.source == "<p>Um vier</p>"


# Sending


def test_what_is_sent_waits_and_goes_live_when_approved(
    index: EventIndexPage, club: OrganisationPage, member: User, client: Client
) -> None:
    event = add(client, club)
    client.post(address(club, event.translation_key, "submit"))
    event.refresh_from_db()
    assert moderation.state_of(event).kind == "waiting"
    assert TITLE not in webpages.html(client.get("/de/termine/"))
    moderation.approve(page=event, user=factories.press(), revision_id=event.latest_revision_id)
    page = webpages.read(client.get("/de/termine/"))
    assert "/de/organisationen/verein/sommerfest-im-hof/" in webpages.links(page)
    assert client.get("/de/organisationen/verein/sommerfest-im-hof/").status_code == 200


def test_what_waits_can_be_taken_back(club: OrganisationPage, member: User, client: Client) -> None:
    event = event_of(club, live=False)
    client.post(address(club, event.translation_key, "submit"))
    client.post(address(club, event.translation_key, "withdraw"))
    assert moderation.state_of(event).kind == "draft"


def test_only_a_button_sends(club: OrganisationPage, member: User, client: Client) -> None:
    event = event_of(club, live=False)
    for act in ("submit", "withdraw", "copy", "reinstate"):
        assert client.get(address(club, event.translation_key, act)).status_code == 302
    assert moderation.state_of(event).kind == "draft"
    assert EventPage.objects.count() == 1


# Copying


def test_a_copy_is_a_draft_ahead_on_the_same_weekday(club: OrganisationPage, member: User, client: Client) -> None:
    start = factories.berlin(2025, 7, 5, 14)
    event = factories.event(club, TITLE, start, organiser=club, price="Eintritt frei", is_cancelled=True)
    answer = client.post(address(club, event.translation_key, "copy"))
    made = EventPage.objects.exclude(pk=event.pk).get()
    assert answer["Location"] == address(club, made.translation_key, "when")
    assert (made.live, made.is_cancelled, made.price, made.title) == (False, False, "Eintritt frei", TITLE)
    assert made.start > factories.timezone.now()
    assert made.start.astimezone(factories.BERLIN).isoweekday() == start.isoweekday()
    assert (made.uid != event.uid, made.sequence, made.slug) == (True, 0, "sommerfest-im-hof-2")


# Cancelling


def test_cancelling_asks_first(club: OrganisationPage, member: User, client: Client) -> None:
    event = event_of(club)
    assert client.get(address(club, event.translation_key, "cancel")).status_code == 200
    assert not draft(event).is_cancelled


def test_a_cancelled_event_goes_to_the_review(club: OrganisationPage, member: User, client: Client) -> None:
    event = event_of(club)
    client.post(address(club, event.translation_key, "cancel"))
    event.refresh_from_db()
    assert (event.is_cancelled, draft(event).is_cancelled) == (False, True)
    assert moderation.state_of(event).kind == "waiting"


def test_visitors_see_at_once_what_a_trusted_organisation_cancels(
    index: EventIndexPage, club: OrganisationPage, member: User, client: Client
) -> None:
    record = record_of(club)
    record.is_trusted = True
    record.save()
    event = event_of(club)
    change(client, club, event, title="Noch nicht geprüft")
    client.post(address(club, event.translation_key, "cancel"))
    event.refresh_from_db()
    assert (event.is_cancelled, event.title, event.sequence) == (True, TITLE, 0)
    assert draft(event).title == "Noch nicht geprüft"
    assert webpages.read(client.get("/de/termine/")).select(".badge.bad")


# Who may

ACTS = ("", "copy", "cancel", "reinstate", "delete", "dates", "picture", "preview/de", "submit", "withdraw")


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("who", ["visitor", "member of another", "removed member", "press", "translator"])
def test_nobody_else_does_anything_with_an_event(
    directory: DirectoryPage, club: OrganisationPage, client: Client, who: str, act: str
) -> None:
    event = event_of(club, recurrence="FREQ=WEEKLY")
    if who != "visitor":
        people = {
            "member of another": lambda: factories.member(factories.organisation(directory, "Anderer")),
            "removed member": lambda: factories.person("weg@example.org"),
            "press": factories.press,
            "translator": lambda: factories.translator("ar"),
        }
        client.force_login(people[who]())
    where = address(club, event.translation_key, *([act] if act else []))
    expected = 302 if who == "visitor" else 404
    assert {client.get(where).status_code, client.post(where, typed()).status_code} == {expected}
    assert (EventPage.objects.count(), event.revisions.count()) == (1, 1)
    assert {client.get(address(club, *path)).status_code for path in ([], ["add"])} == {expected}


@pytest.mark.parametrize("act", ACTS)
def test_anothers_event_is_not_reached_through_ones_own_organisation(
    directory: DirectoryPage, club: OrganisationPage, member: User, client: Client, act: str
) -> None:
    other = event_of(factories.organisation(directory, "Anderer", slug="anderer"))
    for key in (other.translation_key, uuid4()):
        where = address(club, key, *([act] if act else []))
        assert {client.get(where).status_code, client.post(where, typed()).status_code} == {404}
    assert (other.revisions.count(), EventPage.objects.count()) == (1, 1)


def test_an_event_of_the_city_that_names_the_organisation_stays_the_citys(
    index: EventIndexPage, club: OrganisationPage, member: User, client: Client
) -> None:
    event = factories.event(index, "Stadtfest", organiser=club)
    assert client.get(address(club, event.translation_key)).status_code == 404


def test_members_publish_nothing(club: OrganisationPage, member: User) -> None:
    rights = event_of(club).permissions_for_user(member)
    assert (rights.can_edit(), rights.can_publish(), rights.can_unpublish(), rights.can_delete()) == (
        True,
        False,
        False,
        False,
    )


# The list


def test_the_list_shows_drafts_as_they_are_now(club: OrganisationPage, member: User, client: Client) -> None:
    event = event_of(club, live=False)
    change(client, club, event, title="Anders")
    change(client, club, event, start="2032-01-10T10:00", end="")
    page = webpages.read(client.get(address(club)))
    [shown] = page.select("article")
    assert "Anders" in webpages.text(shown)
    assert shown.time["datetime"].startswith("2032-01-10")


def test_the_list_asks_as_often_for_thirty_events_as_for_three(
    club: OrganisationPage, member: User, client: Client
) -> None:
    def counted() -> int:
        client.get(address(club))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address(club)).status_code == 200
        return len(captured)

    for number in range(3):
        event_of(club, slug=f"fest-{number}", recurrence="FREQ=WEEKLY" if number else "")
    few = counted()
    for number in range(3, 30):
        event_of(club, slug=f"fest-{number}", live=bool(number % 2))
    assert counted() == few


def test_an_event_without_a_date_is_named_and_keeps_nothing_else_from_being_sent(
    club: OrganisationPage, member: User, client: Client
) -> None:
    client.post(address(club, "add"), {"title": "Nur ein Name"})
    home = address(club).removesuffix("events/")
    page = webpages.read(client.get(home))
    [row] = [row for row in page.select(".mine li") if "Nur ein Name" in webpages.text(row)]
    assert "Noch nicht vollständig" in webpages.text(row)
    event_of(club, live=False)
    shown = webpages.read(client.get(f"{home}submit/"))
    assert TITLE in webpages.text(shown) and "Nur ein Name" not in webpages.text(shown)
    fields = {"shown": [field["value"] for field in shown.select("[name=shown]")]}
    assert client.post(f"{home}submit/", fields).status_code == 302
