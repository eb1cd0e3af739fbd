"""The agenda that a server tells, beside what people have typed."""

from collections.abc import Collection
from typing import Any
from urllib.parse import urlsplit

from django.utils import timezone

from dates.council.agenda import AgendaItem, ItemResult
from dates.council.sessions import CouncilSession
from dates.oparl import items
from dates.oparl.items import ReadItem
from dates.oparl.objects import many, text
from dates.oparl.reading import Meeting

RESULTS = {
    "beschlossen": ItemResult.ADOPTED,
    "ungeändert beschlossen": ItemResult.ADOPTED,
    "unverändert beschlossen": ItemResult.ADOPTED,
    "einstimmig beschlossen": ItemResult.ADOPTED,
    "angenommen": ItemResult.ADOPTED,
    "zugestimmt": ItemResult.ADOPTED,
    "geändert beschlossen": ItemResult.CHANGED,
    "mit änderungen beschlossen": ItemResult.CHANGED,
    "abgelehnt": ItemResult.REJECTED,
    "zur kenntnis genommen": ItemResult.NOTED,
    "kenntnis genommen": ItemResult.NOTED,
    "vertagt": ItemResult.POSTPONED,
    "zurückgestellt": ItemResult.POSTPONED,
    "verwiesen": ItemResult.REFERRED,
}
"""Whole texts only: half a sentence may say the contrary. Others are shown as they came, in German."""


def take_over(*, session: CouncilSession, meeting: Meeting, hosts: Collection[str]) -> bool:
    """Makes the imported points of ``session`` what the server tells; returns whether anything was written.

    What a person has changed, typed or taken out stays so. What the server no longer tells goes, and what it now calls
    not public is not shown even if a person has worked on it. Papers are linked on ``hosts`` alone.
    """
    if meeting.items is None or session.is_closed:
        return False
    rows = {row.oparl_id: row for row in AgendaItem.objects.filter(session=session).exclude(oparl_id="")}
    typed = {row.title.casefold(): row for row in AgendaItem.objects.filter(session=session, oparl_id="")}
    hidden = _not_public(meeting.raw.get("agendaItem"))
    told = [item for item in meeting.items if item.id not in session.agenda_removed]
    written = [
        _take(rows.get(item.id) or _adopted(typed, item, session), _values(item, position, hosts))
        for position, item in enumerate(told)
    ]
    ids = {item.id for item in told} | meeting.unread_items
    written += [_let_go(row, identity in hidden) for identity, row in rows.items() if identity not in ids]
    if not any(written):
        return False
    session.changed_at = timezone.now()
    session.save(update_fields=["changed_at"])
    return True


def _not_public(value: Any) -> set[str]:
    return {text(each.get("id")) for each in many(value) if isinstance(each, dict) and not items.is_public(each)}


def _values(item: ReadItem, position: int, hosts: Collection[str]) -> dict[str, Any]:
    result = RESULTS.get(item.result.casefold().rstrip("."), "")
    return {
        "number": item.number,
        "title": item.title,
        "paper_url": item.paper if urlsplit(item.paper).netloc.lower() in hosts else "",
        "result": result,
        "result_words": "" if result else item.result,
        "sort_order": position,
    }


def _adopted(typed: dict[str, AgendaItem], item: ReadItem, session: CouncilSession) -> AgendaItem:
    """The point that a person has typed already, with what was typed; else a new one."""
    row = typed.pop(item.title.casefold(), None)
    if row is None:
        return AgendaItem(session=session, oparl_id=item.id)
    row.oparl_id = item.id
    filled = {name for name in ("number", "title", "paper_url", "result", "result_words") if getattr(row, name)}
    row.overridden = sorted({*row.overridden, *filled, "is_public"})
    return row


def _take(row: AgendaItem, values: dict[str, Any]) -> bool:
    differing = {
        name: value for name, value in values.items() if name not in row.overridden and getattr(row, name) != value
    }
    for name, value in differing.items():
        setattr(row, name, value)
    if differing or row.pk is None:
        row.save()
    return bool(differing)


def _let_go(row: AgendaItem, is_hidden: bool) -> bool:
    if not row.overridden:
        row.delete()
        return True
    if is_hidden and row.is_public:
        row.is_public = False
        row.save()
        return True
    return False
