"""Councils whose names change by law."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from dates.models import BodyName, CouncilBody
from tests import factories

pytestmark = pytest.mark.django_db
LAW = dt.date(2025, 11, 1)


@pytest.fixture
def body(db: None) -> CouncilBody:
    return factories.council_body(de="Rat der Stadt", ar="مجلس المدينة")


def legal(body: CouncilBody, name: str, since: dt.date | None = None, until: dt.date | None = None) -> BodyName:
    return BodyName.objects.create(body=body, name={"de": name}, valid_from=since, valid_until=until)


def test_without_legal_names_a_body_has_its_usual_name(body: CouncilBody) -> None:
    assert body.name_on(LAW) == "Rat der Stadt"


@pytest.mark.parametrize(
    ("day", "name"),
    [(dt.date(1999, 1, 1), "Integrationsrat"), (dt.date(2025, 10, 31), "Integrationsrat"), (LAW, "Ausschuss")],
)
def test_each_day_has_the_name_that_held_on_it(body: CouncilBody, day: dt.date, name: str) -> None:
    legal(body, "Ausschuss", LAW)
    legal(body, "Integrationsrat")
    assert body.name_on(day) == name


def test_after_the_last_day_of_a_name_the_usual_one_is_used(body: CouncilBody) -> None:
    legal(body, "Beirat", until=dt.date(2009, 12, 31))
    assert [body.name_on(dt.date(year, 12, 31)) for year in (2009, 2010)] == ["Beirat", "Rat der Stadt"]


def test_a_name_that_ends_before_it_begins_is_refused(body: CouncilBody) -> None:
    with pytest.raises(ValidationError) as refused:
        BodyName(body=body, name={"de": "X"}, valid_from=LAW, valid_until=dt.date(2025, 10, 31)).full_clean()
    assert "valid_until" in refused.value.message_dict
