"""By what organisations are found: few columns of many rows, whatever their number in the same queries."""

import datetime as dt
from collections import defaultdict
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


@dataclass(frozen=True)
class Choice:
    """Something to choose. ``below`` is the key of the choice that finds this one as well."""

    key: str
    label: LocalizedText | str
    row: Any = None
    below: str = ""


class FoundBy:
    """What is asked of the facts of ``organisations``."""

    def __init__(self, organisations: OrganisationQuerySet, *, districts: Districts) -> None:
        self.organisations, self.districts = organisations, districts
        columns = "pk title path closed_on_public_holidays".split()
        self.rows: list[tuple[int, str, str, bool]] = list(organisations.order_by().values_list(*columns))

    @cached_property
    def pks(self) -> list[int]:
        return [pk for pk, *_ in self.rows]

    def choices(self, fact: ProfileFact) -> dict[str, Choice]:
        """All that there is, whether an organisation has it or not."""
        field: Any = OrganisationPage._meta.get_field(fact.name)
        if field.is_relation:
            rows = self._related(field.related_model)
            return {row.key: Choice(row.key, label_of(row), row, self._below(row, rows)) for row in rows.values()}
        if isinstance(field, models.BooleanField):
            return {YES: Choice(YES, gettext("yes"))}
        return {key: Choice(key, str(label)) for key, label in field.flatchoices if key}

    def keys(self, fact: ProfileFact) -> Keys:
        field: Any = OrganisationPage._meta.get_field(fact.name)
        if fact.name == "district":
            return {pk: frozenset({found.district.key}) for pk, found in self.whereabouts.items()}
        if field.many_to_many:
            return self._many(field)
        values = self.organisations.order_by().values_list("pk", field.attname)
        if field.is_relation:
            rows = self._related(field.related_model)
            return {pk: frozenset({rows[value].key}) for pk, value in values if value in rows}
        if isinstance(field, models.BooleanField):
            return {pk: frozenset({YES}) for pk, value in values if value}
        return {pk: frozenset({value}) for pk, value in values if value}

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
        keys_of = {pk: {row.key, self._below(row, rows)} - {""} for pk, row in rows.items()}
        found: dict[int, set[str]] = defaultdict(set)
        pairs = field.remote_field.through.objects.filter(**{f"{name}__in": self.pks})
        for page, value in pairs.values_list(f"{name}_id", f"{field.m2m_reverse_field_name()}_id"):
            found[page] |= keys_of[value]
        return {page: frozenset(keys) for page, keys in found.items()}

    # Where

    @cached_property
    def whereabouts(self) -> Mapping[int, Any]:
        """The district of each, and whether it is only concluded."""
        if not self.districts:
            return {}
        columns = "pk district_id street postal_code city title".split()
        rows = self.organisations.order_by().values_list(*columns)
        found = ((pk, self.districts.of(*values)) for pk, *values in rows)
        return {pk: where for pk, where in found if where}

    # When

    @cached_property
    def opening(self) -> Keys:
        """Who is there at this moment, and who is there some time today."""
        now = timezone.localtime()
        today, found = now.date(), {}
        for pk, timetable in self._timetables(today).items():
            keys = {NOW} if timetable.is_open_at(now) else set()
            if timetable.spans_on(today):
                keys.add(TODAY)
            if keys:
                found[pk] = frozenset(keys)
        return found

    def _timetables(self, today: dt.date) -> dict[int, Timetable]:
        """As far as they say something of today and of the night before."""
        days = (today - A_DAY, today)
        weeks: dict[int, dict[int, list[Span]]] = defaultdict(lambda: defaultdict(list))
        weekly = OpeningHours.objects.filter(weekday__in={day.isoweekday() for day in days})
        for pk, weekday, opens, closes in self._of_ours(weekly).values_list(
            "organisation_id", "weekday", "opens", "closes"
        ):
            weeks[pk][weekday].append(Span(opens, closes))
        special: dict[int, list[SpecialDays]] = defaultdict(list)
        others = SpecialHours.objects.annotate(last=Coalesce(F("last_day"), F("first_day")))
        others = others.filter(Q(first_day__lte=today) & Q(last__gte=days[0]))
        columns = "organisation_id first_day last opens closes".split()
        for pk, first, last, opens, closes in self._of_ours(others).values_list(*columns):
            span = Span(opens, closes) if opens is not None and closes is not None else None
            special[pk].append(SpecialDays(first, last, span))
        state = self._federal_state if any(closed for *_, closed in self.rows) else ""
        closed = {pk for pk, _title, _path, closed in self.rows if closed}
        return {
            pk: Timetable(
                week={day: tuple(spans) for day, spans in weeks[pk].items()} if pk in weeks else {},
                special=tuple(special.get(pk, ())),
                closed_on_public_holidays=pk in closed,
                federal_state=state,
            )
            for pk in {*weeks, *special}
        }

    def _of_ours(self, rows: Any) -> Any:
        return rows.filter(organisation__in=self.pks).order_by()

    @property
    def _federal_state(self) -> str:
        """All are of one Site."""
        return public_holidays.state_of(self.organisations[0])


def with_keys(keys: Keys, pks: Iterable[int]) -> Sequence[frozenset[str]]:
    """In the order of ``pks``, of those that have any."""
    return [found for pk in pks if (found := keys.get(pk))]
