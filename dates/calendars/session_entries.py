"""A council session as an entry: sentences that stand ready in every language."""

from collections.abc import Iterator

from django.utils.translation import gettext

from cms import formats, languages
from cms.words import Words
from dates.calendars import sentences
from dates.calendars.entries import Entry
from dates.session_notices import (
    INTERPRETER_SENTENCES,
    OPENNESS_SENTENCES,
    SENTENCES,
    SIGN_LANGUAGE_SENTENCES,
    Offered,
)
from dates.sessions import CouncilSession


def entry_of(session: CouncilSession, url: str) -> Entry:
    """``session`` (read ``with_facts``) in the reader's language; for calendars a withdrawn one is cancelled."""
    return Entry(
        uid=str(session.uid),
        changed=session.changed_at,
        sequence=session.sequence,
        start=session.start,
        end=session.end,
        title=Words(session.title.plain, languages.active().code),
        url=url,
        description=sentences.text_of(_paragraphs(session, url)),
        location=sentences.where(session.place) if session.place else None,
        is_cancelled=not session.takes_place,
        livestream_url=session.livestream_url if session.takes_place else "",
    )


def _paragraphs(session: CouncilSession, url: str) -> Iterator[sentences.Paragraph]:
    if session.is_example:
        yield gettext("Fictional example")
    if session.takes_place:
        yield sentences.moved(session.moved_from)
        yield str(SENTENCES.get(session.notice, ""))
        yield str(OPENNESS_SENTENCES.get(session.openness, ""))
        yield str(INTERPRETER_SENTENCES.get(session.interpreters, ""))
        yield _interpreted(session)
        yield str(SIGN_LANGUAGE_SENTENCES.get(session.sign_language, ""))
        yield sentences.labelled(gettext("Livestream"), session.livestream_url)
    yield sentences.labelled(gettext("Agenda and papers (in German)"), session.information_url)
    yield sentences.labelled(gettext("Always up to date:"), url)


def _interpreted(session: CouncilSession) -> str:
    if session.interpreters not in (Offered.YES, Offered.ON_REQUEST) or not session.interpreter_languages:
        return ""
    reader = languages.active().code
    names = sorted(languages.name_in(code, reader) for code in session.interpreter_languages)
    return gettext("Interpreters for: %(languages)s") % {"languages": formats.list_of(names)}
