"""A new year out of an old one: the same weekday in the same week."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from dates.council.sessions import CouncilSession, Status

STAYS = ("place", "openness", "interpreters", "interpreter_languages", "sign_language")
"""What a council rarely changes from year to year. Links and notices belong to one session."""


def same_day_in(year: int, day: dt.date) -> dt.date:
    """The day of ``year`` in the same ISO week and on the same weekday as ``day``; always within that year."""
    _year, week, weekday = day.isocalendar()
    try:
        moved = dt.date.fromisocalendar(year, week, weekday)
    except ValueError:  # most years have no week 53
        moved = dt.date.fromisocalendar(year, week - 1, weekday)
    return moved + dt.timedelta(weeks=(moved.year < year) - (moved.year > year))


def proposal(session: CouncilSession, year: int) -> CouncilSession:
    """An unsaved session for ``year`` like ``session``: planned, and not public yet."""
    clock = timezone.localtime(session.start)
    start = timezone.make_aware(dt.datetime.combine(same_day_in(year, clock.date()), clock.time()))
    return CouncilSession(
        body=session.body,
        number=session.number,
        start=start,
        end=start + (session.end - session.start) if session.end else None,
        status=Status.PLANNED,
        is_public=False,
        **{name: getattr(session, name) for name in STAYS},
    )


@transaction.atomic
def create(sessions: Iterable[CouncilSession]) -> None:
    """All of them or none."""
    for session in sessions:
        session.save()
