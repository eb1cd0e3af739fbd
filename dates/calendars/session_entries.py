"""A council session as an entry: sentences that stand ready in every language."""

from collections.abc import Iterator

from django.utils.translation import gettext

from cms.localization import formats, languages
from cms.localization.localized_text import LocalizedText
from dates.calendars import sentences
from dates.calendars.document import Entry
from dates.council.sessions import CouncilSession


def entry_of(session: CouncilSession, url: str, *, instead: CouncilSession | None = None) -> Entry:
    """``session`` (read ``with_facts``) in the reader's language; for calendars a withdrawn one is cancelled."""
    return Entry(
        uid=str(session.uid),
        changed=session.changed_at,
        sequence=session.sequence,
        start=session.start,
        end=session.end,
        title=LocalizedText(session.title.plain, languages.active().code),
        url=url,
        description=sentences.text_of(_paragraphs(session, url, instead)),
        location=sentences.where(session.place) if session.place else None,
        is_cancelled=not session.takes_place,
        livestream_url=session.livestream if session.takes_place else "",
    )


def _paragraphs(session: CouncilSession, url: str, instead: CouncilSession | None) -> Iterator[sentences.Paragraph]:
    if session.is_example:
        yield gettext("Fictional example")
    if instead is not None:
        yield sentences.labelled(gettext("It takes place instead:"), sentences.when(instead.start, instead.end))
    if session.joint_names:
        yield sentences.labelled(gettext("Together with:"), formats.list_of(session.joint_names))
    if session.takes_place:
        yield sentences.moved(session.moved_from)
        yield session.notice_sentence
        yield session.openness_sentence
        yield session.interpreter_sentence
        if session.interpreter_names:
            yield sentences.labelled(gettext("Languages"), formats.list_of(session.interpreter_names))
        yield session.sign_language_sentence
        yield sentences.labelled(gettext("Livestream"), session.livestream)
    if session.public_agenda:
        yield gettext("What it is about")
        yield LocalizedText("\n".join(map(str, session.public_agenda)), languages.SOURCE)
    for label, address in session.links:
        yield sentences.labelled(label, address)
    yield sentences.labelled(gettext("Always up to date:"), url)
