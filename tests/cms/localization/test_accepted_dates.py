"""1990 to fifteen years ahead, at every door: forms, models, addresses and importers."""

import contextlib
import datetime as dt
import subprocess
import sys
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.test import Client
from django.utils import timezone, translation
from wagtail import blocks

from cms.localization import accepted_dates
from dates import periods
from dates.calendar_import import reading
from dates.calendar_import.outcomes import NothingTaken
from dates.events import event_times
from dates.models import EventException, EventPage
from dates.oparl.reading import read_meeting
from tests import factories

UNLIKELY = [dt.date(1, 1, 1), dt.date(26, 3, 2), dt.date(1989, 12, 31), dt.date(9999, 12, 31)]
LIKELY = [dt.date(1990, 1, 1), dt.date(2026, 3, 2), dt.date(accepted_dates.latest_year(), 12, 31)]


def typed_fields() -> list[Any]:
    """Every field of every form that there is once the addresses are loaded, ours and Wagtail's."""
    from django.urls import get_resolver

    assert get_resolver().url_patterns
    kinds, found = [forms.BaseForm], []
    while kinds:
        kind = kinds.pop()
        kinds += kind.__subclasses__()
        for name, field in getattr(kind, "base_fields", {}).items():
            if isinstance(field, forms.DateField | forms.DateTimeField):
                found.append((f"{kind.__module__}.{kind.__name__}.{name}", field))
    return found


STORED = [
    field
    for model in apps.get_models()
    for field in model._meta.concrete_fields
    if isinstance(field, models.DateField) and model._meta.app_label not in ("axes", "django_tasks_db")
]


def test_every_form_has_the_rule() -> None:
    found = typed_fields()
    assert any("dates.portal" in name for name, _field in found)
    assert [name for name, field in found if accepted_dates.validate not in field.validators] == []


@pytest.mark.parametrize("kind", [blocks.DateBlock, blocks.DateTimeBlock, forms.DateField, forms.DateTimeField])
def test_a_field_that_somebody_adds_has_it_too(kind: Any) -> None:
    field = getattr(kind(), "field", None) or kind()
    for day in UNLIKELY:
        with pytest.raises(ValidationError) as error:
            field.clean(day.isoformat())
        assert str(accepted_dates.latest_year()) in error.value.messages[0]
    for day in LIKELY:
        assert field.clean(day.isoformat())


@pytest.mark.parametrize("field", STORED, ids=str)
def test_every_model_has_the_rule(field: models.Field[Any, Any]) -> None:
    for day in UNLIKELY:
        moment = dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)
        with pytest.raises(ValidationError):
            field.run_validators(moment if isinstance(field, models.DateTimeField) else day)
    field.run_validators(timezone.now())


def test_the_sentence_names_the_years_in_the_language_of_the_reader() -> None:
    with translation.override("en"):
        assert accepted_dates.fault() == f"Check the year: it must be between 1990 and {timezone.now().year + 15}."


@pytest.mark.django_db
@pytest.mark.parametrize("day", UNLIKELY)
@pytest.mark.parametrize("name", ["start", "end", "recurrence_until"])
def test_the_rules_among_dates_say_nothing_of_a_date_that_is_refused_anyway(name: str, day: dt.date) -> None:
    event = EventPage(start=timezone.now(), all_day=True)
    is_day = name == "recurrence_until"
    setattr(event, name, day if is_day else dt.datetime.combine(day, dt.time(1), tzinfo=dt.UTC))
    event.clean()
    event_times.check(event)
    assert event_times.fault_of(event, EventException(original_date=day)) == {}


@pytest.mark.parametrize("day", UNLIKELY)
def test_importers_take_no_such_date(day: dt.date) -> None:
    meeting = {"id": "https://x.example/1", "type": "https://schema.oparl.org/1.1/Meeting", "start": f"{day}T16:00:00Z"}
    assert read_meeting(meeting).start is None  # type: ignore[union-attr]
    start = f"DTSTART;VALUE=DATE:{day.year:04}{day:%m%d}"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", "UID:1", "SUMMARY:x", start]
    data = "\r\n".join([*lines, "END:VEVENT", "END:VCALENDAR"]).encode()
    today = dt.datetime(2026, 3, 2, tzinfo=timezone.get_default_timezone())
    with contextlib.suppress(NothingTaken):
        assert reading.read(data, today).events == []


@pytest.mark.parametrize("month", ["0001-01", "0026-03", "1989-12", "9999-12", "99999-01", "x"])
def test_an_address_asks_for_no_such_month(month: str) -> None:
    assert periods.month_named(month) is None


@pytest.mark.django_db
@pytest.mark.parametrize("year", ["0", "1", "26", "9999", "99999", "99999999999999999999"])
def test_addresses_of_years_that_nobody_means_are_not_found(client: Client, year: str) -> None:
    site = factories.municipality()
    factories.article(factories.news_index(site, slug="aktuelles"))
    body = factories.council_body()
    factories.council(site, body, slug="rat")
    for address in (f"aktuelles/{year}/", f"aktuelles/{year}/?organisation=x", f"rat/{year}/", f"rat/{year}/1/"):
        assert client.get(f"/de/{address}").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("moment", ["0001-01-01", "9999-12-31T23:59", "x"])
def test_filters_of_the_admin_take_no_such_date(client: Client, moment: str) -> None:
    factories.municipality()
    client.force_login(factories.person("betrieb@example.org", is_superuser=True))
    for kind, name in (("pages", "first_published_at"), ("pages", "go_live_at"), ("images", "created_at")):
        assert client.get(f"/admin/api/main/{kind}/?{name}={moment}").status_code in (200, 400)
    for report in ("site-history/?timestamp_after", "aging-pages/?last_published_at_before"):
        assert client.get(f"/admin/reports/{report}={moment}").status_code == 200


def test_the_rule_is_there_before_any_form_is_made() -> None:
    """Forms of other apps are imported with their models."""
    code = (
        "import django; django.setup()\n"
        "from wagtail.admin.forms.pages import WagtailAdminPageForm\n"
        "from django import forms\nfrom cms.localization.accepted_dates import validate\n"
        "assert validate in forms.DateField().validators"
    )
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603
