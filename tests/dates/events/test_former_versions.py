"""Events that were written when rules were words: rows and versions mean what they meant."""

import datetime as dt
from importlib import import_module

import pytest
from wagtail.models import Site

from dates.models import EventPage
from tests import factories

MIGRATION = import_module("dates.migrations.0042_rules_as_in_rfc_5545")
WORDS = [
    ("weekly", (2026, 5, 12), "FREQ=WEEKLY"),
    ("monthly_weekday", (2026, 5, 12), "FREQ=MONTHLY;BYDAY=2TU"),
    ("monthly_weekday", (2026, 3, 31), "FREQ=MONTHLY;BYDAY=-1TU"),
    ("yearly", (2026, 5, 12), "FREQ=YEARLY"),
    ("yearly", (2024, 2, 29), "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"),
    ("", (2026, 5, 12), ""),
]


@pytest.mark.parametrize(("word", "day", "rule"), WORDS)
def test_rows_are_rewritten_and_can_go_back(word: str, day: tuple[int, int, int], rule: str) -> None:
    start = factories.berlin(*day, 17).astimezone(dt.UTC)
    assert MIGRATION.rule_of(word, start) == rule
    assert MIGRATION.word_of(rule, start) == word


@pytest.mark.parametrize("rule", ["FREQ=DAILY", "FREQ=WEEKLY;INTERVAL=2", "FREQ=MONTHLY;BYDAY=1TU,3TU"])
def test_what_had_no_word_takes_place_once_when_going_back(rule: str) -> None:
    assert MIGRATION.word_of(rule, factories.berlin(2026, 5, 12)) == ""


@pytest.mark.django_db
@pytest.mark.parametrize(("word", "day", "rule"), WORDS)
def test_an_old_draft_is_read_as_what_it_means(word: str, day: tuple[int, int, int], rule: str) -> None:
    site: Site = factories.municipality()
    event = factories.event(factories.event_index(site), "Café", factories.berlin(*day, 17))
    revision = event.save_revision()
    for name in ("skips_public_holidays", "skips_school_holidays", "breaks", "additions"):
        del revision.content[name]
    revision.content["recurrence"] = word
    revision.save()
    event = EventPage.objects.get(pk=event.pk)
    assert event.get_latest_revision_as_object().recurrence == rule
    assert EventPage.from_serializable_data(revision.content, check_fks=False).recurrence == rule
    event.latest_revision.publish()
    assert EventPage.objects.get(pk=event.pk).recurrence == rule
