"""The one way in which values of a session are written, by people and by imports."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from cms.accounts import User
from dates.council.session_history import FormerAddress, SessionChange
from dates.council.sessions import CouncilSession
from dates.places import Place

TOLD = ("start", "end", "place", "status")
"""Fields whose changes visitors are told, and that a person may set against an import."""


@transaction.atomic
def change(
    *,
    session: CouncilSession,
    values: dict[str, Any],
    origin: SessionChange.Origin | str,
    by: User | None = None,
    is_correction: bool = False,
) -> list[SessionChange]:
    """Writes those of ``values`` that differ from the stored row and returns what of it is kept as history.

    Nothing that differs: nothing is written. An import neither touches what a person has set nor the start of a day
    that is over, and that it lost an expected end is no news. A typing mistake (``is_correction``) is put right
    without telling visitors that the session moved.
    ``session`` is read again under a lock first: what was set on it before is lost.
    """
    session.refresh_from_db(from_queryset=CouncilSession.objects.select_for_update())
    if origin == SessionChange.Origin.IMPORT:
        values = {name: value for name, value in values.items() if may_be_imported(session, name)}
    values = {name: _to_the_minute(value) for name, value in values.items()}
    old = {name: getattr(session, name) for name in values}
    differing = [name for name, value in values.items() if old[name] != value]
    if not differing:
        return []
    was_public, address = session.is_public, (session.number, session.year)
    for name in differing:
        setattr(session, name, values[name])
    told = [name for name in differing if name in TOLD]
    if told:
        session.sequence += 1
    if origin == SessionChange.Origin.PERSON:
        session.overridden = sorted({*session.overridden, *told})
    session.changed_at = timezone.now()
    if origin == SessionChange.Origin.IMPORT:
        _give_free_number(session)
    is_told = was_public and not is_correction
    changes = [
        SessionChange(
            session=session,
            field=name,
            old=_as_text(old[name]),
            new=_as_text(values[name]),
            at=session.changed_at,
            origin=origin,
            by=by,
            is_public=is_told,
        )
        for name in told
        if not (origin == SessionChange.Origin.IMPORT and name == "end" and values[name] is None)
    ]
    if is_correction:
        _correct_story(changes)
    SessionChange.objects.bulk_create(changes)
    last_move = session.changes.filter(field="start", is_public=True).last()
    session.moved_from = dt.datetime.fromisoformat(last_move.old) if last_move else None
    session.save()
    if was_public and (session.number, session.year) != address:
        _lead_on(session, *address)
    return changes


def may_be_imported(session: CouncilSession, name: str) -> bool:
    """Whether an import may write the field ``name``: no person has set it, and no past day gets another date."""
    return name not in session.overridden and not (name == "start" and session.is_past)


def _give_free_number(session: CouncilSession) -> None:
    """An import that moves a session into another year finds its number taken there: it gets the next free one."""
    year = timezone.localtime(session.start).year
    taken = set(
        CouncilSession.objects.of(session.body).in_year(year).exclude(pk=session.pk).values_list("number", flat=True)
    )
    if session.number in taken:
        session.number = max(taken) + 1


def _correct_story(corrections: list[SessionChange]) -> None:
    """What visitors were told last now ends in the corrected value; what was no change at all is not told."""
    for correction in corrections:
        told = correction.session.changes.filter(field=correction.field, is_public=True).last()
        if told is not None:
            told.new, told.is_public = correction.new, told.old != correction.new
            told.save()


def _lead_on(session: CouncilSession, number: int, year: int) -> None:
    """The address that was public until now answers with the new one; the new one itself is nobody's old address."""
    FormerAddress.objects.update_or_create(body=session.body, number=number, year=year, defaults={"session": session})
    FormerAddress.objects.filter(body=session.body, number=session.number, year=session.year).delete()


def _to_the_minute(value: Any) -> Any:
    """Forms show no seconds: a moment that has some would count as changed by whoever saves the form."""
    return value.replace(second=0, microsecond=0) if isinstance(value, dt.datetime) else value


def _as_text(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).isoformat()
    if isinstance(value, Place):
        return value.key
    return str(value or "")
