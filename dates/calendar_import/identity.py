"""Which known date of a calendar each date of a new answer is, however the source cuts its series now.

What the source calls one event (a family) may be one series today and single dates tomorrow. The known dates of a
family are matched with those of the answer: by key, then by what they say. So events keep their pages.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction

from dates.calendar_import.foreign import Foreign, Reading, hashed
from dates.calendar_import.models import FollowedCalendar, SourceEvent

Same = Callable[[SourceEvent, Foreign], bool]


def match_known_dates(*, calendar: FollowedCalendar, reading: Reading) -> None:
    """Gives each known date the key that it has in ``reading``; those that have none there keep their old one."""
    sources = list(calendar.sources.all())
    foreigns = [*reading.events, *reading.beyond]
    _adopt([source for source in sources if not source.family], foreigns)
    families: dict[str, list[Foreign]] = {}
    for foreign in foreigns:
        families.setdefault(foreign.family or foreign.key, []).append(foreign)
    known: dict[str, list[SourceEvent]] = {}
    for source in sources:
        known.setdefault(source.family, []).append(source)
    pairs = [pair for name, family in families.items() for pair in _matched(known.get(name, []), family)]
    _rename(calendar, [(source, foreign) for source, foreign in pairs if source.key != foreign.key])


def _adopt(sources: Iterable[SourceEvent], foreigns: Iterable[Foreign]) -> None:
    """Of dates that were noted without a family: their keys were made of UID and original start, in the same way."""
    by_key = {foreign.key: foreign.family or foreign.key for foreign in foreigns}
    uids = {foreign.uid: foreign.family for foreign in foreigns if foreign.uid}
    for source in sources:
        family = by_key.get(source.key)
        if family is None:
            moment = source.begins
            starts = [moment.isoformat(), moment.replace(tzinfo=None).isoformat()] if moment else []
            family = next((uids[uid] for uid in uids for start in starts if hashed(uid, start) == source.key), None)
        source.family = family or source.key
        source.save(update_fields=["family"])


def _matched(sources: list[SourceEvent], foreigns: list[Foreign]) -> list[tuple[SourceEvent, Foreign]]:
    left = sorted(sources, key=lambda source: (source.event_id is None, source.imported.get("start") or "", source.pk))
    wanted = sorted(foreigns, key=lambda foreign: (foreign.start, foreign.title, foreign.key))
    pairs = []
    for is_same in RULES:
        for foreign in list(wanted):
            source = next((source for source in left if is_same(source, foreign)), None)
            if source is not None:
                pairs.append((source, foreign))
                left.remove(source)
                wanted.remove(foreign)
    return pairs


def _has_key(source: SourceEvent, foreign: Foreign) -> bool:
    return source.key == foreign.key


def _says_the_same(source: SourceEvent, foreign: Foreign) -> bool:
    return _has_title(source, foreign) and _begins_with(source, foreign)


def _begins_with(source: SourceEvent, foreign: Foreign) -> bool:
    return source.event_id is not None and source.begins == foreign.start


def _has_title(source: SourceEvent, foreign: Foreign) -> bool:
    return source.event_id is not None and source.imported.get("title") == foreign.title


def _has_uid(source: SourceEvent, foreign: Foreign) -> bool:
    """The last that is left: the same event, wholly changed. Without a UID there is nothing that says so."""
    return source.event_id is not None and bool(foreign.uid)


RULES: tuple[Same, ...] = (_has_key, _says_the_same, _begins_with, _has_title, _has_uid)


@transaction.atomic
def _rename(calendar: FollowedCalendar, pairs: list[tuple[Any, Foreign]]) -> None:
    """In two steps, for one may get the key that another one still has."""
    if not pairs:
        return
    FollowedCalendar.objects.select_for_update().get(pk=calendar.pk)
    for source, _foreign in pairs:
        SourceEvent.objects.filter(pk=source.pk).update(key=f"~{source.pk}")
    for source, foreign in pairs:
        SourceEvent.objects.filter(pk=source.pk).update(key=foreign.key)
