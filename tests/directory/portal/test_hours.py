"""Opening hours, as members enter them on a phone without script."""

import datetime as dt

import pytest
from django.test import Client
from django.utils.translation import gettext

from directory.models import OpeningHours, OrganisationPage
from directory.records.record import record_of
from directory.review import moderation
from tests import webpages
from tests.directory.portal.conftest import Address, drafted, errors, open_form, send, send_all

pytestmark = pytest.mark.django_db
MONDAY = {"opens_1_0": "09:00", "closes_1_0": "12:00"}
SUMMER = {
    "special_hours-0-first_day": "2026-07-20",
    "special_hours-0-last_day": "2026-08-09",
    "special_hours-0-reason": "break",
}


def week(verein: OrganisationPage) -> list[str]:
    rows = drafted(verein).opening_hours.all()
    return [f"{row.weekday} {row.opens:%H:%M}–{row.closes:%H:%M}" for row in rows]


def special(verein: OrganisationPage) -> list[tuple[object, ...]]:
    rows = drafted(verein).special_hours.all()
    return [(row.first_day, row.last_day, row.opens, row.closes, row.reason) for row in rows]


def test_several_spans_a_day_are_a_draft_until_they_are_reviewed(
    member: Client, address: Address, verein: OrganisationPage
) -> None:
    answer = send(member, address("hours"), **MONDAY, opens_1_1="14:00", closes_1_1="17:00", by_appointment="on")
    assert answer.status_code == 302, errors(answer)
    assert week(verein) == ["1 09:00–12:00", "1 14:00–17:00"]
    assert drafted(verein).by_appointment
    assert verein.opening_hours.count() == 0


def test_what_was_entered_stands_there_again(member: Client, address: Address, verein: OrganisationPage) -> None:
    send(member, address("hours"), **MONDAY, **SUMMER, act="special_hours-add")
    form = open_form(member, address("hours"))
    assert (form["opens_1_0"], form["closes_1_0"], form["opens_2_0"]) == ("09:00", "12:00", "")
    assert form["special_hours-0-first_day"] == "2026-07-20"
    before = verein.latest_revision_id
    assert send(member, address("hours")).status_code == 302
    verein.refresh_from_db()
    assert verein.latest_revision_id != before
    newest = verein.latest_revision_id
    send(member, address("hours"))
    verein.refresh_from_db()
    assert verein.latest_revision_id == newest


def test_mondays_times_go_for_the_empty_days_until_friday(
    member: Client, address: Address, verein: OrganisationPage
) -> None:
    send(member, address("hours"), **MONDAY, opens_3_0="15:00", closes_3_0="18:00", same_until_friday="on")
    assert week(verein) == ["1 09:00–12:00", "2 09:00–12:00", "3 15:00–18:00", "4 09:00–12:00", "5 09:00–12:00"]


def test_a_day_that_is_emptied_is_closed(member: Client, address: Address, verein: OrganisationPage) -> None:
    send(member, address("hours"), **MONDAY, opens_2_0="10:00", closes_2_0="11:00")
    send(member, address("hours"), opens_1_0="", closes_1_0="")
    assert week(verein) == ["2 10:00–11:00"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"opens_1_0": "09:00"}, "Please enter both times."),
        ({"closes_1_0": "09:00"}, "Please enter both times."),
        ({"opens_1_0": "09:00", "closes_1_0": "09:00"}, "It cannot close when it opens."),
        ({**MONDAY, "opens_1_1": "11:00", "closes_1_1": "13:00"}, "On this day two times overlap: %(day)s."),
        (
            {"opens_7_0": "22:00", "closes_7_0": "02:00", "opens_1_0": "01:00", "closes_1_0": "03:00"},
            "On this day two times overlap: %(day)s.",
        ),
    ],
)
def test_what_cannot_be_meant_is_explained(
    member: Client, address: Address, verein: OrganisationPage, typed: dict[str, str], sentence: str
) -> None:
    answer = send(member, address("hours"), **typed)
    assert answer.status_code == 422
    assert [gettext(sentence) % {"day": "Montag"}] == errors(answer)
    assert week(verein) == []
    page = webpages.read(answer)
    assert all(page.find(attrs={"name": name})["value"] == value for name, value in typed.items())


def test_over_midnight_is_no_mistake(member: Client, address: Address, verein: OrganisationPage) -> None:
    send(member, address("hours"), opens_5_0="20:00", closes_5_0="02:00")
    assert week(verein) == ["5 20:00–02:00"]


def test_special_days_are_added_and_removed(member: Client, address: Address, verein: OrganisationPage) -> None:
    answer = send(member, address("hours"), act="special_hours-add")
    assert answer["Location"] == f"{address('hours')}?add#special_hours-0"
    row = open_form(member, answer["Location"])
    assert row["special_hours-0-first_day"] == ""
    assert send(member, answer["Location"], **SUMMER).status_code == 302
    assert special(verein) == [(dt.date(2026, 7, 20), dt.date(2026, 8, 9), None, None, "break")]
    send(member, address("hours"), act="special_hours-remove-0")
    assert special(verein) == []


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"special_hours-0-last_day": "2026-07-01"}, "The last day must not be before the first."),
        ({"special_hours-0-opens": "09:00"}, "Please enter both times, or none if it is closed."),
        (
            {"special_hours-1-first_day": "2026-08-09", "special_hours-1-opens": "9", "special_hours-1-closes": "11"},
            "Another row says something else about the same day.",
        ),
    ],
)
def test_special_days_that_cannot_be_meant_are_explained(
    member: Client, address: Address, verein: OrganisationPage, typed: dict[str, str], sentence: str
) -> None:
    answer = send(member, address("hours"), **{**SUMMER, **typed})
    assert answer.status_code == 422
    assert errors(answer) == [gettext(sentence)]
    assert special(verein) == []


def test_hours_of_a_trusted_organisation_are_public_at_once(
    member: Client, address: Address, verein: OrganisationPage
) -> None:
    verein.save_revision().publish()
    record = record_of(verein)
    record.is_trusted = True
    record.save()
    send(member, address("hours"), **MONDAY, **SUMMER, closed_on_public_holidays="on")
    live = OrganisationPage.objects.get(pk=verein.pk)
    assert [str(row.opens) for row in live.opening_hours.all()] == ["09:00:00"]
    assert live.special_hours.count() == 1
    assert live.closed_on_public_holidays
    assert not live.has_unpublished_changes
    send(member, address("hours"), opens_1_0="", closes_1_0="", act="special_hours-remove-0")
    live = OrganisationPage.objects.get(pk=verein.pk)
    assert (live.opening_hours.count(), live.special_hours.count()) == (0, 0)


def test_two_people_at_once_are_shown_both_weeks(
    member: Client, colleague: Client, address: Address, verein: OrganisationPage
) -> None:
    verein.save_revision()
    mine, theirs = open_form(member, address("hours")), open_form(colleague, address("hours"))
    assert member.post(address("hours"), {**mine, **MONDAY}).status_code == 302
    answer = colleague.post(address("hours"), {**theirs, "opens_1_0": "10:00", "closes_1_0": "11:00"})
    assert answer.status_code == 409
    text = webpages.text(webpages.read(answer))
    assert "Montag: 09:00–12:00" in text
    assert "Montag: 10:00–11:00" in text


def test_a_day_with_more_spans_than_usual_keeps_them(
    member: Client, address: Address, verein: OrganisationPage
) -> None:
    verein.opening_hours = [
        OpeningHours(weekday=1, opens=dt.time(hour), closes=dt.time(hour, 30)) for hour in (8, 10, 12, 14)
    ]
    verein.save()
    send(member, address("hours"), opens_2_0="10:00", closes_2_0="11:00")
    assert week(verein) == [*(f"1 {hour}:00–{hour}:30" for hour in ("08", "10", "12", "14")), "2 10:00–11:00"]


def test_reasons_and_weekdays_are_said_in_the_language_of_the_member(member: Client, address: Address) -> None:
    page = webpages.read(member.get(address("hours", "tr")))
    assert webpages.text(page.select_one("#day-1 legend")) == "Pazartesi"


def test_hours_are_looked_through_and_sent(verein: OrganisationPage, member: Client, address: Address) -> None:
    send(member, address("hours"), **MONDAY, **SUMMER)
    shown = webpages.read(member.get(address("submit")))
    assert shown.select(f"main a[href='{address('hours')}']")
    assert "09:00–12:00" in webpages.text(shown.select_one("main"))
    assert send_all(member, address("submit")).status_code == 302
    assert moderation.state_of(OrganisationPage.objects.get(pk=verein.pk)).kind == "waiting"
