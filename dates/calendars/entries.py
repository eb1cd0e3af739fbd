"""An entry of a calendar: finished values in one language, ready to be written."""

import datetime as dt
from dataclasses import dataclass

from cms.localization.localized_text import LocalizedText

Moment = dt.datetime | dt.date
"""A point in time, or a day of something that lasts all day."""


@dataclass(frozen=True)
class Entry:
    """One date, or with ``replaces`` one occurrence of a recurring date that differs from the others.

    ``end`` is the end itself, for whole days the last of them; None when it is not known. ``changed`` is when
    anything shown changed. ``recurrence`` is an RRULE value; ``excluded`` are starts at which nothing happens.
    """

    uid: str
    changed: dt.datetime
    sequence: int
    start: Moment
    end: Moment | None
    title: LocalizedText
    url: str
    description: LocalizedText | None = None
    location: LocalizedText | None = None
    is_cancelled: bool = False
    livestream_url: str = ""
    recurrence: str = ""
    excluded: tuple[Moment, ...] = ()
    replaces: Moment | None = None
