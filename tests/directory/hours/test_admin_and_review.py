"""Hours in the editor of the press, and what a reviewer reads of them."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from django.utils.html import strip_tags
from wagtail.test.utils.form_data import inline_formset

from directory.models import OpeningHours, OrganisationPage, SpecialHours
from directory.review import differences, meaning
from tests import factories
from tests.news.admin_forms import complaints, edit_address, send

pytestmark = pytest.mark.django_db
WEEK = [
    {"weekday": "1", "opens": "09:00", "closes": "12:00"},
    {"weekday": "1", "opens": "14:00", "closes": "17:00"},
]


def save(client: Client, page: OrganisationPage, week: list[Any], special: list[Any] | None = None) -> Any:
    formsets = {"opening_hours": inline_formset(week), "special_hours": inline_formset(special or [])}
    return send(client, edit_address(page), "", **formsets)


@pytest.fixture
def club(directory: Any, client: Client) -> OrganisationPage:
    client.force_login(factories.press())
    return factories.organisation(directory, "Club")


def drafted(page: OrganisationPage) -> Any:
    return OrganisationPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def test_the_press_enters_hours(client: Client, club: OrganisationPage) -> None:
    away = {"first_day": "24.12.2026", "last_day": "02.01.2027", "opens": "", "closes": "", "reason": "break"}
    save(client, club, WEEK, [away])
    draft = drafted(club)
    assert [str(row.span.opens) for row in draft.opening_hours.all()] == ["09:00:00", "14:00:00"]
    assert [row.days.last for row in draft.special_hours.all()] == [dt.date(2027, 1, 2)]


@pytest.mark.parametrize(
    ("week", "special"),
    [
        ([WEEK[0], {"weekday": "1", "opens": "11:00", "closes": "13:00"}], []),
        ([], [{"first_day": "24.12.2026", "last_day": "23.12.2026", "opens": "", "closes": "", "reason": ""}]),
        ([], [{"first_day": "24.12.2026", "last_day": "", "opens": "09:00", "closes": "", "reason": ""}]),
        ([], [{"first_day": "24.12.2026", "last_day": "", "opens": "", "closes": "", "reason": ""}] * 2),
    ],
    ids=["overlap", "ends before it begins", "half", "said twice"],
)
def test_hours_that_cannot_be_meant_are_refused(
    client: Client, club: OrganisationPage, week: list[Any], special: list[Any]
) -> None:
    answer = save(client, club, week, special)
    assert answer.status_code == 200
    assert complaints(answer)
    assert club.get_latest_revision() is None


def plain(html: str) -> str:
    return " ".join(strip_tags(html).split())


def test_a_reviewer_reads_both_weeks_in_words(verein: OrganisationPage) -> None:
    draft = OrganisationPage.objects.get(pk=verein.pk)
    draft.opening_hours = [OpeningHours(weekday=1, opens=dt.time(10), closes=dt.time(12))]
    draft.special_hours = [SpecialHours(first_day=dt.date(2026, 5, 1), opens=dt.time(9), closes=dt.time(10))]
    with translation.override("en"):
        fields, rows = differences.between(verein, draft)
        said = {each.label: (plain(each.before), plain(each.after)) for each in fields}
    assert rows == []
    assert said == {
        "Opening hours": ("Monday – Friday: 09:00–12:00, 14:00–17:00", "Monday: 10:00–12:00"),
        "Special days": (
            "21 December 2026 – 1 January 2027: closed (holidays of the organisation)",
            "1 May 2026: 09:00–10:00",
        ),
    }


def test_going_live_changes_nothing_that_anybody_would_read(verein: OrganisationPage) -> None:
    """Rows get their numbers when they are published."""
    revision = verein.get_latest_revision()
    assert revision is not None
    again = OrganisationPage.objects.get(pk=verein.pk).save_revision()
    assert meaning.changed(OrganisationPage, revision.content, again.content) == []
    turned = [dict(reversed(row.items())) for row in reversed(again.content["opening_hours"])]
    assert meaning.changed(OrganisationPage, again.content, {**again.content, "opening_hours": turned}) == []
    content = {**again.content, "opening_hours": again.content["opening_hours"][1:]}
    assert meaning.changed(OrganisationPage, again.content, content) == ["opening_hours"]
