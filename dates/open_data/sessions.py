"""The collection of council sessions."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from cms.open_data import kinds
from cms.open_data.collections import Collection, Field, Question
from cms.open_data.kinds import CODE, COUNT, FLAG, KEY, MOMENT, TEXT, URL, WORDS
from dates.council.session_addresses import pages_of_councils, prefetch_paths
from dates.council.session_notices import Offered, Openness
from dates.council.sessions import CouncilSession, CouncilSessionQuerySet, Status
from dates.open_data import periods
from dates.open_data.events import PLACE, place_of

AGENDA = kinds.many(kinds.parts(number=TEXT, title=WORDS, paper_url=URL, result=TEXT))


def public(question: Question) -> CouncilSessionQuerySet:
    """Those of the councils that have a page on the site."""
    councils = list(pages_of_councils(question.home))
    sessions: CouncilSessionQuerySet = CouncilSession.objects.public().met_by_any(councils)
    return sessions.with_facts().order_by("start", "pk")


def rows(question: Question) -> CouncilSessionQuerySet:
    since, until = periods.asked(question)
    return public(question).filter(start__gte=since, start__lt=until)


def one(question: Question, uid: UUID) -> CouncilSession | None:
    return public(question).filter(uid=uid).first()


def prepare(sessions: Sequence[CouncilSession], question: Question) -> None:
    prefetch_paths(sessions, question.home)


def _agenda(session: Any, _question: Question) -> list[dict[str, Any]]:
    return [
        {
            "number": item.number or None,
            "title": item.label,
            "paper_url": item.paper_url or None,
            "result": str(item.result_label) or None,
        }
        for item in session.public_agenda
    ]


FIELDS = (
    Field("id", KEY, lambda session, question: session.uid, is_certain=True),
    Field("url", URL, lambda session, question: question.whole(session.path) if session.path else None),
    Field("title", TEXT, lambda session, question: session.title.plain, is_certain=True),
    Field(
        "body",
        kinds.NAMED,
        lambda session, question: {"key": session.body.key, "name": session.body.label},
        is_certain=True,
    ),
    Field(
        "together_with",
        kinds.NAMED_ROWS,
        lambda session, question: session.joint_bodies.all(),
        "Other bodies that meet in the same session.",
        is_certain=True,
    ),
    Field("year", COUNT, lambda session, question: session.year, is_certain=True),
    Field("number", COUNT, lambda session, question: session.number, is_certain=True),
    Field("start", MOMENT, lambda session, question: session.start, is_certain=True),
    Field("end", MOMENT, lambda session, question: session.end),
    Field("moved_from", MOMENT, lambda session, question: session.moved_from),
    Field("status", kinds.choice(*Status.values), lambda session, question: session.status, is_certain=True),
    Field("openness", kinds.choice(*Openness.values), lambda session, question: session.openness, is_certain=True),
    Field("place", PLACE, lambda session, question: place_of(session.place)),
    Field(
        "interpreter_languages",
        kinds.many(CODE),
        lambda session, question: session.interpreter_languages if session.interpreter_names else [],
        is_certain=True,
    ),
    Field(
        "sign_language",
        FLAG,
        lambda session, question: session.sign_language == Offered.YES and not session.is_closed,
        is_certain=True,
    ),
    Field("livestream_url", URL, lambda session, question: session.livestream or None),
    Field("agenda", AGENDA, _agenda, "Points that everybody may know of, in German.", is_certain=True, in_tables=False),
    Field("updated", MOMENT, lambda session, question: session.changed_at, is_certain=True),
)
SESSIONS = Collection(
    name="sessions",
    item="Session",
    title=_("Council sessions"),
    description="Sessions of the councils, by date.",
    fields=FIELDS,
    rows=rows,
    parameters=periods.FILTERS,
    prepare=prepare,
    one=one,
)
