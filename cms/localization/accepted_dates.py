"""Which dates the product takes: 1990 to fifteen years ahead. What lies beyond is a typing mistake.

The years 1, 26 and 9999 are what people mistype and machines send; they are also where a change of time zone leaves
what Python and databases can count. ``guard_all`` gives the rule to every field for dates that there is, in forms and
in models, ours and Wagtail's, so that no new field can be without it; what writes past forms asks ``is_accepted``.
"""

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

EARLIEST_YEAR = 1990
YEARS_AHEAD = 15
FIRST_YEAR_SHOWN, LAST_YEAR_SHOWN = 1900, 2199


def latest_year() -> int:
    return timezone.now().year + YEARS_AHEAD


def is_accepted_year(year: int) -> bool:
    return EARLIEST_YEAR <= year <= latest_year()


def is_accepted(*moments: dt.date | None) -> bool:
    """Whether each of ``moments`` that is there lies in the years above."""
    return all(moment is None or is_accepted_year(moment.year) for moment in moments)


def can_be_reckoned(*moments: dt.date | None) -> bool:
    """Whether each of ``moments`` that is there can be compared, moved and shown without leaving what can be counted.

    What is stored is shown within these wider bounds: an old list may reach back further than a new entry may.
    """
    return all(moment is None or FIRST_YEAR_SHOWN <= moment.year <= LAST_YEAR_SHOWN for moment in moments)


def validate(moment: dt.date) -> None:
    """Raises ``ValidationError`` with the sentence for the person who typed it."""
    if not is_accepted(moment):
        raise ValidationError(fault(), code="unlikely_year")


def fault() -> str:
    return _("Check the year: it must be between %(first)s and %(last)s.") % {
        "first": EARLIEST_YEAR,
        "last": latest_year(),
    }


def shown(*names: str) -> models.Q:
    """Condition of rows whose moments in the fields ``names``, where they have any, can be shown."""
    first = dt.datetime(FIRST_YEAR_SHOWN, 1, 2, tzinfo=dt.UTC)
    last = dt.datetime(LAST_YEAR_SHOWN, 12, 30, tzinfo=dt.UTC)
    found = models.Q()
    for name in names:
        found &= models.Q((name, None)) | models.Q((f"{name}__gte", first), (f"{name}__lt", last))
    return found


def guard_all() -> None:
    """For all fields that are made from now on; to be called before any form or model is imported."""
    for kind in (forms.DateField, forms.DateTimeField, forms.SplitDateTimeField, models.DateField):
        kind.default_validators = [*kind.default_validators, validate]
