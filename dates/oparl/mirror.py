"""The server's meetings beside what it told last time: only what differs is written, here and in the sessions."""

from collections import Counter
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dates.council.sessions import CouncilSession
from dates.oparl import applying, merging, verdict
from dates.oparl.models import ImportRun, OParlSource, SourceMeeting
from dates.oparl.reading import Meeting, read_meeting
from dates.oparl.verdict import Known
from dates.oparl.walk import Collected

HELD = "deleted_together"
"""The doubt about a meeting whose session stays until a person has decided."""
DIFFER = "twins_differ"
"""The doubt about a meeting for which two sessions stand that people have filled differently."""


class Rejected(Exception):
    """The run looks like a loss; the message says why in the active language."""


@dataclass(slots=True)
class Result:
    counts: Counter[str] = field(default_factory=Counter)
    changes: list[str] = field(default_factory=list)

    @property
    def is_nothing_new(self) -> bool:
        return not any(count for name, count in self.counts.items() if name != "found")


def take_over(source: OParlSource, collected: Collected, *, accept_loss: bool) -> Result:
    """Mirrors and applies what was collected, meeting by meeting; raises ``Rejected`` before anything is written.

    First what is gone is noted, so that a session whose meeting has a new id is found by its day. Each meeting is a
    step of its own: nobody who writes waits for all of them, and a run that broke off is completed by the next one,
    which finds as different what is still missing.
    """
    rows = {row.oparl_id: row for row in source.meetings.select_related("source__council", "session__body")}
    deleted = collected.deleted.keys() - collected.meetings.keys()
    found = collected.meetings.keys() | (collected.unread - deleted)
    known = [Known(row.oparl_id, row.start) for row in rows.values() if not row.missing_since and not row.deleted_at]
    reason = verdict.objection(known, found=found, deleted=deleted, now=timezone.now())
    if reason and not accept_loss:
        raise Rejected(reason)
    held = set() if accept_loss else verdict.in_one_night(known, found=found, deleted=deleted, now=timezone.now())
    result = Result(Counter(found=len(collected.meetings)))
    last = source.last_complete_run
    gone = _note_gone(rows, deleted, set(found), held, result)
    gone += [row for row in rows.values() if row not in gone and _is_open(row, last, accept_loss)]
    for meeting in sorted(collected.meetings.values(), key=lambda each: (each.start is None, each.start or 0, each.id)):
        known_row = rows.get(meeting.id)
        if known_row is None or not _is_as_told(known_row, meeting):
            _take_one(source, meeting, result)
    for row in gone:
        with transaction.atomic():
            row.doubts = [word for word in row.doubts if word != HELD]
            _keep(row, applying.withdraw(row), result)
    for row, other in merging.twins_of(source):
        _merge(row, other, result)
    return result


def _merge(row: SourceMeeting, other: CouncilSession, result: Result) -> None:
    if row.session is None or DIFFER in row.doubts:
        return
    words = {"one": row.session, "other": other}
    try:
        merging.merge(row.session, other)
    except merging.Differ:
        row.doubts = _added(row.doubts, [DIFFER])
        row.save()
        result.changes.append(_("Not merged, waits for you: %(one)s and %(other)s") % words)
    else:
        result.changes.append(_("Merged: %(one)s and %(other)s") % words)
    result.counts["changed"] += 1


def _is_open(row: SourceMeeting, last: ImportRun | None, accept_loss: bool) -> bool:
    """Whether a deleted meeting still has its session: its run broke off, or a person says now that it is gone."""
    if row.deleted_at is None:
        return False
    if HELD in row.doubts:
        return accept_loss
    return last is None or last.finished_at is None or row.deleted_at > last.finished_at


@transaction.atomic
def _take_one(source: OParlSource, meeting: Meeting, result: Result) -> None:
    """One meeting of one source at a time, read again under the lock: two runs at once make no session twice."""
    OParlSource.objects.select_for_update().get(pk=source.pk)
    row = source.meetings.select_related("source__council", "session__body").filter(oparl_id=meeting.id).first()
    _take(row or SourceMeeting(source=source, oparl_id=meeting.id), meeting, result)


def _is_as_told(row: SourceMeeting, meeting: Meeting) -> bool:
    is_back = row.missing_since is not None or row.deleted_at is not None
    return row.pk is not None and not is_back and (row.raw, row.flags) == (meeting.raw, list(meeting.flags))


def _note_gone(
    rows: dict[str, SourceMeeting], deleted: set[str], found: set[str], held: set[str], result: Result
) -> list[SourceMeeting]:
    """Marks what is deleted or absent since now; returns the deleted ones whose sessions need not wait for a person."""
    now, gone = timezone.now(), []
    for row in rows.values():
        if row.oparl_id in deleted and row.deleted_at is None:
            row.deleted_at, row.missing_since = now, None
            if row.oparl_id in held:
                row.doubts = _added(row.doubts, [HELD])
                result.changes.append(_("Deleted, waits for you: %(meeting)s") % {"meeting": row.session or row})
            else:
                gone.append(row)
            result.counts["deleted"] += 1
        elif row.oparl_id in found | deleted or row.deleted_at or row.missing_since:
            continue
        else:
            row.missing_since = now
            row.doubts = _added(row.doubts, ["missing"])
            result.counts["missing"] += 1
            result.changes.append(_("Not listed any more: %(meeting)s") % {"meeting": row.session or row})
        row.save()
    return gone


def _take(row: SourceMeeting, meeting: Meeting, result: Result) -> None:
    if _is_as_told(row, meeting):
        return
    is_new, flags = row.pk is None, list(meeting.flags)
    before = None if is_new else read_meeting(row.raw)
    row.doubts = _added(
        [word for word in row.doubts if word not in ("missing", HELD)], [f for f in flags if f not in row.flags]
    )
    row.missing_since = row.deleted_at = None
    row.save()  # so that the session knows it as present
    applied = applying.apply(row, meeting, before)
    row.raw, row.flags = meeting.raw, flags
    row.name, row.start, row.end = meeting.name, meeting.start, meeting.end
    row.place_text, row.cancelled = meeting.location.text, meeting.cancelled
    result.counts["new" if is_new else "changed"] += 1
    _keep(row, applied, result)


def _keep(row: SourceMeeting, applied: applying.Applied, result: Result) -> None:
    row.doubts = _added(row.doubts, applied.doubts)
    row.save()
    result.changes += applied.changes


def _added(doubts: list[str], more: list[str]) -> list[str]:
    return list(dict.fromkeys([*doubts, *more]))
