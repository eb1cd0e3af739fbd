"""Two sessions that stand for one meeting of two organisations become one; nothing that people entered is lost.

They were imported before the second organisation was known, or while the server did not list the meeting there.
"""

from typing import Any

from django.db import transaction
from django.db.models import ManyToOneRel, QuerySet

from dates.council import session_changes
from dates.council.agenda import FIELDS, AgendaItem
from dates.council.session_history import FormerAddress, SessionChange
from dates.council.sessions import CouncilSession
from dates.oparl.models import OParlSource, SourceMeeting

PEOPLES = (
    *("openness", "notice", "information_url", "agenda_url", "papers_url", "minutes_url", "livestream_url"),
    *("interpreters", "interpreter_languages", "sign_language", "moved_to"),
)
"""Fields that people fill beside those that ``overridden`` names."""
TYPED = tuple(name for name in FIELDS if name != "sort_order")


class Differ(Exception):
    """People have entered one thing here and another there: a person decides."""


def twins_of(source: OParlSource) -> list[tuple[SourceMeeting, CouncilSession]]:
    """Meetings of ``source`` of which another organisation's row stands for another session; two queries."""
    mine = source.meetings.present().exclude(session=None).select_related("session__body")
    rows = SourceMeeting.objects.present().exclude(session=None).exclude(source=source)
    others = {
        row.oparl_id: row.session for row in rows.filter(oparl_id__in=mine.values("oparl_id")).select_related("session")
    }
    return [(row, others[row.oparl_id]) for row in mine if others.get(row.oparl_id, row.session) != row.session]


@transaction.atomic
def merge(one: CouncilSession, other: CouncilSession) -> CouncilSession:
    """Returns the session that stays: the one that visitors, people and articles have more to do with.

    The other's address leads there, its calendar goes on under the UID that it had. Raises ``Differ``.
    """
    pks = [one.pk, other.pk]
    locked = CouncilSession.objects.select_for_update(of=["self"]).select_related("body").filter(pk__in=pks)
    stays, goes = sorted(locked.order_by("pk"), key=_weight, reverse=True)
    facts, more = _facts(stays, goes), _more(stays, goes)
    _take_agenda(stays, goes)
    last = goes.changes.filter(origin=SessionChange.Origin.PERSON).select_related("by").last()
    values = {**facts, **more}
    by = last.by if last else None
    session_changes.change(session=stays, values=values, origin=SessionChange.Origin.PERSON, by=by)
    stays.overridden = sorted({*stays.overridden, *goes.overridden})
    stays.agenda_removed = sorted({*stays.agenda_removed, *goes.agenda_removed})
    stays.sequence = max(stays.sequence, goes.sequence) + 1
    stays.save()
    joint = {*stays.joint_bodies.all(), *goes.joint_bodies.all(), goes.body} - {stays.body}
    stays.joint_bodies.set(joint)
    _repoint(stays, goes)
    _lead_on(stays, goes)
    goes.delete()
    return stays


def _weight(session: CouncilSession) -> tuple[bool, int, int, int, int]:
    entered = len(session.overridden) + sum(bool(_given(session, name)) for name in PEOPLES)
    linked = sum(rows.count() for field, rows in _rows(session) if field.model._meta.app_label != "dates")
    return session.is_public, linked, entered, session.changes.count(), -session.pk


def _facts(stays: CouncilSession, goes: CouncilSession) -> dict[str, Any]:
    """Start, end, place and status that a person has set on the session that goes."""
    values = {name: getattr(goes, name) for name in goes.overridden if name in session_changes.TOLD}
    for name, value in values.items():
        if name in stays.overridden and getattr(stays, name) != value:
            raise Differ(name)
    return values


def _more(stays: CouncilSession, goes: CouncilSession) -> dict[str, Any]:
    values = {name: given for name in PEOPLES if (given := _given(goes, name))}
    for name, value in values.items():
        if _given(stays, name) not in (None, value):
            raise Differ(name)
    return values


def _given(session: CouncilSession, name: str) -> Any:
    """None for what nobody has filled."""
    value = getattr(session, name)
    return None if value == CouncilSession._meta.get_field(name).get_default() else value


def _take_agenda(stays: CouncilSession, goes: CouncilSession) -> None:
    known = {row.oparl_id or row.title.casefold(): row for row in AgendaItem.objects.filter(session=stays)}
    for row in AgendaItem.objects.filter(session=goes):
        there = known.get(row.oparl_id or row.title.casefold())
        if there is None:
            row.session = stays
            row.save(update_fields=["session"])
            continue
        for name in row.overridden if row.oparl_id else TYPED:
            if getattr(there, name) == getattr(row, name):
                continue
            if name in there.overridden or not row.oparl_id:
                raise Differ(name)
            setattr(there, name, getattr(row, name))
        there.overridden = sorted({*there.overridden, *row.overridden})
        there.save()
    removed = [oparl_id for oparl_id in goes.agenda_removed if oparl_id]
    AgendaItem.objects.filter(session=stays, oparl_id__in=removed, overridden=[]).delete()


def _rows(session: CouncilSession) -> list[tuple[Any, "QuerySet[Any]"]]:
    """All that refers to ``session``, whichever app it belongs to."""
    relations = CouncilSession._meta.get_fields(include_hidden=True)  # also those without a name back
    fields = [
        relation.field
        for relation in relations
        if isinstance(relation, ManyToOneRel) and not relation.related_model._meta.auto_created
    ]
    return [(field, field.model._base_manager.filter(**{field.name: session})) for field in fields]


def _repoint(stays: CouncilSession, goes: CouncilSession) -> None:
    told = set(stays.changes.values_list("field", "old", "new"))
    for field, rows in _rows(goes):
        if field.model is AgendaItem:
            continue
        if field.model is SessionChange:
            rows = rows.exclude(pk__in=[row.pk for row in rows if (row.field, row.old, row.new) in told])
        rows.update(**{field.name: stays})
    CouncilSession.objects.filter(pk=stays.pk, moved_to=stays).update(moved_to=None)


def _lead_on(stays: CouncilSession, goes: CouncilSession) -> None:
    FormerAddress.objects.update_or_create(
        body=goes.body, number=goes.number, year=goes.year, defaults={"session": stays, "uid": goes.uid}
    )
