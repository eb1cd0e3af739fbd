"""Reads the exceptions of many events in the query that reads the events.

A list that prefetched them would need a query more, which the home page does not have.
"""

import datetime as dt
from typing import Any

from django.db.models import Aggregate, JSONField, OuterRef, Subquery
from django.db.models.functions import JSONArray
from django.utils.dateparse import parse_date, parse_datetime

from cms.isolation import read_each
from dates.event_exception import EventException

FIELDS = ("pk", "original_date", "is_cancelled", "new_start", "new_end")


class ArrayOf(Aggregate):
    """All values of a group as one JSON array."""

    function = "JSON_GROUP_ARRAY"
    output_field = JSONField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSONB_AGG", **context)


def as_json() -> Subquery:
    """For an annotation of events: their exceptions, None when there are none."""
    rows = EventException.objects.filter(event=OuterRef("pk")).order_by().values("event")
    return Subquery(rows.annotate(rows=ArrayOf(JSONArray(*FIELDS))).values("rows"))


def from_json(rows: list[list[Any]] | None) -> list[EventException]:
    return read_each(rows or (), _exception)


def _exception(row: list[Any]) -> EventException:
    pk, day, is_cancelled, start, end = row
    return EventException(
        pk=pk,
        original_date=parse_date(str(day)),
        is_cancelled=bool(is_cancelled),
        new_start=_moment(start),
        new_end=_moment(end),
    )


def _moment(text: str | None) -> dt.datetime | None:
    """SQLite keeps moments in UTC and does not say so."""
    moment = parse_datetime(text) if text else None
    return moment.replace(tzinfo=dt.UTC) if moment and moment.tzinfo is None else moment
