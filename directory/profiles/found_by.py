"""By what organisations are found: few columns of many rows, whatever their number in the same queries."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext

from cms.localization import public_holidays
from cms.localization.localized_text import LocalizedText
from directory.hours.models import OpeningHours, SpecialHours
from directory.hours.timetable import Span, SpecialDays, Timetable
from directory.profiles.district_of import Districts
from directory.profiles.facts import YES, ProfileFact, label_of
from directory.profiles.organisation import OrganisationPage, OrganisationQuerySet
from directory.profiles.taxonomy import District

Keys = Mapping[int, frozenset[str]]
"""By primary key of an organisation what it is found by; who has nothing is missing."""
NOW, TODAY = "now", "today"
A_DAY = dt.timedelta(days=1)
COLUMNS = "pk title closed_on_public_holidays district_id street postal_code city".split()
Week = tuple[tuple[int, Span], ...]


@dataclass(frozen=True)
class Choice:
    """Something to choose. ``below`` is the key of the choice that finds this one as well."""

    key: str
    label: LocalizedText | str
    row: Any = None
    below: str = ""


class FoundBy:
    """What is asked of the ``facts`` of ``organisations``, all of one Site."""

    def __init__(
        self, organisations: OrganisationQuerySet, facts: Iterable[ProfileFact], *, districts: Districts
    ) -> None:
        self.organisations, self.districts = organisations, districts
        self._fields: dict[str, Any] = {fact.name: OrganisationPage._meta.get_field(fact.name) for fact in facts}
        own = [field.attname for field in self._fields.values() if not field.many_to_many]
        columns = dict.fromkeys([*COLUMNS, *own])
        read = organisations.order_by().values_list(*columns)
        self._columns: dict[str, Sequence[Any]] = dict(zip(columns, zip(*read, strict=True), strict=False))
        self.pks: Sequence[int] = self._columns.get("pk", ())
        self.titles: dict[int, str] = dict(self._column("title"))

    def _column(self, name: str) -> Iterable[tuple[int, Any]]:
        return zip(self.pks, self._columns.get(name, ()), strict=True)

    def choices(self, fact: ProfileFact) -> dict[str, Choice]:
        """All that there is, whether an organisation has it or not."""
        field = self._fields[fact.name]
        if field.is_relation:
            rows = self._related(field.related_model)
            return {row.key: Choice(row.key, label_of(row), row, self._below(row, rows)) for row in rows.values()}
        if isinstance(field, models.BooleanField):
            return {YES: Choice(YES, gettext("yes"))}
        return {key: Choice(key, str(label)) for key, label in field.flatchoices if key}

    def keys(self, fact: ProfileFact) -> Keys:
        if fact.name not in self._keys_of:
            self._keys_of[fact.name] = self._read(fact)
        return self._keys_of[fact.name]

    @cached_property
    def _keys_of(self) -> dict[str, Keys]:
        return {}

    def _read(self, fact: ProfileFact) -> Keys:
        field = self._fields[fact.name]
        if fact.name == "district":
            return {pk: frozenset({found.district.key}) for pk, found in self.whereabouts.items()}
        if field.many_to_many:
            return self._many(field)
        values = ((pk, value) for pk, value in self._column(field.attname) if value)
        if field.is_relation:
            rows = self._related(field.related_model)
            return {pk: frozenset({rows[value].key}) for pk, value in values if value in rows}
        is_box = isinstance(field, models.BooleanField)
        return {pk: frozenset({YES if is_box else value}) for pk, value in values}

    def _related(self, model: Any) -> dict[Any, Any]:
        if model not in self._rows_of:
            rows = self.districts.rows if model is District else model._default_manager.order_by()
            self._rows_of[model] = {row.pk: row for row in rows}
        return self._rows_of[model]

    @cached_property
    def _rows_of(self) -> dict[Any, dict[Any, Any]]:
        return {}

    @staticmethod
    def _below(row: Any, rows: Mapping[Any, Any]) -> str:
        parent = rows.get(getattr(row, "parent_id", None))
        return parent.key if parent else ""

    def _many(self, field: Any) -> Keys:
        rows, name = self._related(field.related_model), field.m2m_field_name()
        through = field.remote_field.through._default_manager.filter(**{f"{name}__in": self.pks})
        values: dict[int, list[Any]] = {}
        for page, value in through.values_list(f"{name}_id", f"{field.m2m_reverse_field_name()}_id"):
            values.setdefault(page, []).append(value)
        known: dict[tuple[Any, ...], frozenset[str]] = {}  # many have the same
        for chosen in map(tuple, values.values()):
            if chosen not in known:
                there = [rows[value] for value in chosen if value in rows]
                keys = {key for row in there for key in (row.key, self._below(row, rows))}
                known[chosen] = frozenset(keys - {""})
        return {page: known[tuple(chosen)] for page, chosen in values.items()}

    # Where

    @cached_property
    def whereabouts(self) -> Mapping[int, Any]:
        """The district of each, and whether it is only concluded."""
        if not self.districts or not self.pks:
            return {}
        said = (self._columns[name] for name in ("district_id", "street", "postal_code", "city", "title"))
        found = zip(self.pks, map(self.districts.of, *said), strict=True)
        return {pk: where for pk, where in found if where}

    # When

    @cached_property
    def opening(self) -> Keys:
        """Who is there at this moment, and who is there some time today."""
        now = timezone.localtime()
        today = now.date()
        closed_on_holidays = {pk for pk, is_closed in self._column("closed_on_public_holidays") if is_closed}
        state = public_holidays.state_of(self.organisations[0]) if closed_on_holidays else ""
        known: dict[Any, frozenset[str]] = {}  # many have the same

        def keys_of(week: Week, special: tuple[SpecialDays, ...], is_closed: bool) -> frozenset[str]:
            hours = (week, special, is_closed)
            if hours not in known:
                by_day = {day: tuple(span for on, span in week if on == day) for day, _span in week}
                timetable = Timetable(by_day, special, closed_on_public_holidays=is_closed, federal_state=state)
                said = {NOW: timetable.is_open_at(now), TODAY: bool(timetable.spans_on(today))}
                known[hours] = frozenset(key for key, is_so in said.items() if is_so)
            return known[hours]

        week, special = self._week(today), self._special(today)
        return {
            pk: keys_of(tuple(week.get(pk, ())), tuple(special.get(pk, ())), pk in closed_on_holidays)
            for pk in {*week, *special}
        }

    def _week(self, today: dt.date) -> dict[int, list[tuple[int, Span]]]:
        """The hours of today, and of the day before those that end after midnight."""
        before = Q(weekday=(today - A_DAY).isoweekday(), closes__lte=F("opens"))
        rows = OpeningHours.objects.filter(before | Q(weekday=today.isoweekday()), organisation__in=self.pks)
        found: dict[int, list[tuple[int, Span]]] = {}
        for pk, *hours in rows.order_by().values_list("organisation_id", "weekday", "opens", "closes"):
            found.setdefault(pk, []).append((hours[0], Span(*hours[1:])))
        return found

    def _special(self, today: dt.date) -> dict[int, list[SpecialDays]]:
        rows = SpecialHours.objects.annotate(last=Coalesce(F("last_day"), F("first_day")))
        rows = rows.filter(first_day__lte=today, last__gte=today - A_DAY, organisation__in=self.pks)
        found: dict[int, list[SpecialDays]] = {}
        for pk, first, last, *times in rows.order_by().values_list(
            *"organisation_id first_day last opens closes".split()
        ):
            span = None if None in times else Span(*times)
            found.setdefault(pk, []).append(SpecialDays(first, last, span))
        return found


def with_keys(keys: Keys, pks: Iterable[int]) -> Sequence[frozenset[str]]:
    """In the order of ``pks``, of those that have any."""
    return [found for pk in pks if (found := keys.get(pk))]
