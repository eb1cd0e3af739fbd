"""From what the server told to the sessions that visitors see. What a person has set stays as it is."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.accounts import User
from dates.council import session_changes
from dates.council.session_history import FormerAddress, SessionChange
from dates.council.sessions import CouncilSession, Status, start_of_today
from dates.oparl import agenda
from dates.oparl.models import OParlSource, SourceMeeting
from dates.oparl.places import known_place, place_of
from dates.oparl.reading import Meeting, read_meeting

BY_HAND = ("start", "end", "place")
"""Fields that count as set by a person where they hold something when an import first meets the session."""
LINKS = {"information_url": "web", "agenda_url": "agenda", "minutes_url": "minutes", "papers_url": "papers"}


@dataclass(slots=True)
class Applied:
    """What became of a meeting: doubts for a person, and sentences about what was written."""

    doubts: list[str] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)


def apply(row: SourceMeeting, meeting: Meeting, before: Meeting | None) -> Applied:
    """Makes, joins or changes the session of ``row``; ``before`` is what the server told last time.

    A meeting without a date waits for one. A session that a person has deleted is not made again.
    """
    applied = Applied()
    is_first = before is None or before.start is None
    if row.session is None and meeting.start is not None and is_first:
        is_known = _share(row, applied) or _join(row, meeting.start, applied)
        if not is_known:
            _create(row, meeting, meeting.start, applied)
    if row.session is not None:
        facts = _facts(row.source, row.session, meeting, applied)
        _change(row.session, {**facts, **_links(row.source, row.session, meeting, before)}, applied)
        if agenda.take_over(session=row.session, meeting=meeting, hosts=row.source.hosts) and not applied.changes:
            applied.changes.append(_("Changed: %(session)s") % {"session": row.session})
    return applied


def withdraw(row: SourceMeeting) -> Applied:
    """The server says that the meeting is gone. What has been held stays, and so does what has a new id."""
    applied, session = Applied(), row.session
    if session is None or session.source_meetings.present().exists():
        return applied
    if session.is_past:
        applied.doubts.append("past_deleted")
    else:
        _change(session, {"status": Status.WITHDRAWN}, applied)
    return applied


def _change(session: CouncilSession, values: dict[str, Any], applied: Applied) -> None:
    before = CouncilSession.objects.values_list("changed_at", flat=True).get(pk=session.pk)
    session_changes.change(session=session, values=values, origin=SessionChange.Origin.IMPORT)
    if session.changed_at != before and not applied.changes:
        applied.changes.append(_("Changed: %(session)s") % {"session": session})


def _share(row: SourceMeeting, applied: Applied) -> bool:
    """The session of the same meeting that another organisation holds, too: one session, shown by both bodies."""
    others = SourceMeeting.objects.present().filter(oparl_id=row.oparl_id).exclude(session=None)
    other = others.exclude(source=row.source_id).select_related("session__body").order_by("pk").first()
    if other is None or other.session is None:
        return False
    row.session = other.session
    if row.session.body_id != row.source.council_id:
        row.session.joint_bodies.add(row.source.council)
        row.session.changed_at = timezone.now()
        row.session.save(update_fields=["changed_at"])
    applied.changes.append(_("Joined: %(session)s") % {"session": row.session})
    return True


def _join(row: SourceMeeting, start: dt.datetime, applied: Applied) -> bool:
    """A session of the same body on the same day that no present meeting stands for: by hand, or under an old id."""
    day = timezone.localtime(start).date()
    begin, end = (timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=n), dt.time())) for n in (0, 1))
    found = (
        CouncilSession.objects.of(row.source.council)
        .filter(start__gte=begin, start__lt=end, is_example=False)
        .exclude(source_meetings__in=SourceMeeting.objects.present())
        .order_by("start", "pk")
        .first()
    )
    if found is None:
        return False
    row.session = found
    if not found.source_meetings.exists():
        by_hand = {name for name in BY_HAND if getattr(found, name) is not None}
        by_hand |= set() if found.takes_place else {"status"}
        found.overridden = sorted({*found.overridden, *by_hand})
        found.save(update_fields=["overridden"])
        applied.doubts.append("same_day")
    applied.changes.append(_("Joined: %(session)s") % {"session": found})
    return True


def _create(row: SourceMeeting, meeting: Meeting, start: dt.datetime, applied: Applied) -> None:
    year = timezone.localtime(start).year
    taken = [
        rows.filter(body=row.source.council, year=year).aggregate(last=Max("number"))["last"] or 0
        for rows in (CouncilSession.objects, FormerAddress.objects)
    ]
    place, is_new = place_of(row.source, meeting.location)
    row.session = CouncilSession.objects.create(
        body=row.source.council,
        number=max(taken) + 1,
        start=start,
        end=meeting.end,
        place=place,
        status=Status.CANCELLED if meeting.cancelled else Status.PLANNED,
        is_public=row.source.publish_new,
    )
    applied.doubts += ["new", *(["new_place"] if is_new else [])]
    applied.changes.append(_("New: %(session)s") % {"session": row.session})


def _facts(source: OParlSource, session: CouncilSession, meeting: Meeting, applied: Applied) -> dict[str, Any]:
    """Start, end, place and status as the server tells them; nothing where it tells nothing."""
    values: dict[str, Any] = {}
    moves = meeting.start is not None and session_changes.may_be_imported(session, "start")
    if moves and meeting.start != session.start and meeting.start < start_of_today():
        applied.doubts.append("moved_back")
    elif moves:
        values["start"] = meeting.start
    keeps_end = meeting.has_strange_end and meeting.start == session.start
    if meeting.start == values.get("start", session.start) and not keeps_end:
        values["end"] = meeting.end  # which says nothing about another start
    if session_changes.may_be_imported(session, "place"):
        place, is_new = place_of(source, meeting.location)
        applied.doubts += ["new_place"] if is_new else []
        values |= {"place": place} if place else {}
    if meeting.cancelled:
        values["status"] = Status.CANCELLED
    elif not session.takes_place:
        values["status"] = Status.PLANNED  # the import called it off: what a person sets is left alone
    return values


def _links(source: OParlSource, session: CouncilSession, meeting: Meeting, before: Meeting | None) -> dict[str, str]:
    """Addresses on the hosts of the source, where no person has entered or removed one."""
    values = {}
    for name, told in LINKS.items():
        url, last = getattr(meeting, told), getattr(before, told) if before else ""
        if url and getattr(session, name) == last and url.split("/")[2].lower() in source.hosts:
            values[name] = url
    return values


def set_aside(session: CouncilSession) -> dict[str, Any]:
    """What the server tells for fields that a person has set to something else."""
    row = session.source_meetings.present().select_related("source").order_by("-pk").first()
    meeting = read_meeting(row.raw) if row else None
    if row is None or meeting is None:
        return {}
    told = {
        "start": meeting.start or session.start,
        "end": meeting.end,
        "place": known_place(row.source, meeting.location) or session.place,
        "status": Status.CANCELLED if meeting.cancelled else session.status,
    }
    return {
        name: value for name, value in told.items() if name in session.overridden and getattr(session, name) != value
    }


def take_imported(session: CouncilSession, field: str, by: User) -> None:
    """A person decides that the import may write ``field``, from what it told last on."""
    values = {name: value for name, value in set_aside(session).items() if name == field}
    with transaction.atomic():
        session_changes.change(session=session, values=values, origin=SessionChange.Origin.PERSON, by=by)
        session.overridden = [name for name in session.overridden if name != field]
        session.save(update_fields=["overridden"])
