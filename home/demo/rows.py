"""Hours and offers of an invented organisation, as the rows of its page."""

import datetime as dt
from typing import Any

from django.utils import timezone

from directory.models import Offer, OpeningHours, SpecialHours


def opening_hours(content: dict[str, Any]) -> list[OpeningHours]:
    return [
        OpeningHours(weekday=day, opens=_time(row["opens"]), closes=_time(row["closes"]))
        for row in content.get("opening_hours", [])
        for day in row["weekdays"]
    ]


def special_hours(content: dict[str, Any]) -> list[SpecialHours]:
    """Counted in days from the one on which the demo content is loaded."""
    today = timezone.localdate()
    return [
        SpecialHours(
            first_day=today + dt.timedelta(days=row["first_in_days"]),
            last_day=today + dt.timedelta(days=row["last_in_days"]),
            opens=_time(row["opens"]) if "opens" in row else None,
            closes=_time(row["closes"]) if "closes" in row else None,
            reason=row["reason"],
        )
        for row in content.get("special_hours", [])
    ]


def offers(content: dict[str, Any], locale_id: int) -> list[Offer]:
    return [
        Offer(
            what=row["what"],
            weekday=row["weekday"],
            starts=_time(row["start"]),
            ends=_time(row["end"]) if "end" in row else None,
            place=row.get("place", ""),
            for_whom=row["for_whom"],
            language_codes=row["languages"],
            locale_id=locale_id,
            sort_order=position,
        )
        for position, row in enumerate(content["offers"])
    ]


def _time(said: str) -> dt.time:
    return dt.time.fromisoformat(said)
