"""What visitors are told of a session: sentences that stand ready, and nothing of one to which nobody may come."""

from typing import Any

from django.utils.translation import gettext

from cms.localization import languages
from cms.localization.localized_text import LocalizedText
from dates.council import session_notices as notices
from dates.council.session_notices import Notice, Offered, Openness


class ToldToVisitors:
    """For ``CouncilSession``, whose fields it reads."""

    openness: str
    notice: str
    interpreters: str
    interpreter_languages: list[str]
    sign_language: str
    information_url: str
    agenda_url: str
    papers_url: str
    minutes_url: str
    livestream_url: str
    joint_bodies: Any
    agenda: Any
    get_openness_display: Any

    @property
    def is_closed(self) -> bool:
        """Nobody may come: then there is nothing to read, to watch or to ask either."""
        return self.openness == Openness.CLOSED

    @property
    def hides_links(self) -> bool:
        links = (self.information_url, self.agenda_url, self.papers_url, self.minutes_url, self.livestream_url)
        return self.is_closed and any(links)

    @property
    def openness_sentence(self) -> str:
        return str(notices.OPENNESS.get(self.openness, ""))

    @property
    def joint_names(self) -> list[LocalizedText]:
        """The bodies with which it is held together, in the reader's language as far as that is known."""
        return [body.label for body in self.joint_bodies.all()]

    @property
    def public_agenda(self) -> list[Any]:
        """Points that everybody may know of; none of a session to which nobody may come."""
        return [] if self.is_closed else [item for item in self.agenda.all() if item.is_public]

    @property
    def notice_sentence(self) -> str:
        if self.notice == Notice.JOINT and self.joint_names:
            return ""  # which is said with the names
        if self.is_closed and self.notice in notices.FOR_VISITORS:
            return ""
        return str(notices.NOTICES.get(self.notice, ""))

    @property
    def interpreter_sentence(self) -> str:
        return "" if self.is_closed else str(notices.INTERPRETERS.get(self.interpreters, ""))

    @property
    def interpreter_names(self) -> list[str]:
        """Languages into which is interpreted, in the reader's language."""
        if self.is_closed or self.interpreters not in (Offered.YES, Offered.ON_REQUEST):
            return []
        return [languages.name_in(code, languages.active().code) for code in self.interpreter_languages]

    @property
    def sign_language_sentence(self) -> str:
        return "" if self.is_closed else str(notices.SIGN_LANGUAGE.get(self.sign_language, ""))

    @property
    def livestream(self) -> str:
        """Where everybody can watch it."""
        return "" if self.is_closed else self.livestream_url

    @property
    def short_offers(self) -> list[str]:
        """What a table says in a word or two; nothing of what everybody expects."""
        if self.is_closed:
            return [str(self.get_openness_display())]
        offers = [
            self.get_openness_display() if self.openness != Openness.PUBLIC else "",
            gettext("interpreters") if self.interpreters == Offered.YES else "",
            gettext("interpreters on request") if self.interpreters == Offered.ON_REQUEST else "",
            gettext("sign language") if self.sign_language == Offered.YES else "",
            gettext("sign language on request") if self.sign_language == Offered.ON_REQUEST else "",
            gettext("livestream") if self.livestream else "",
        ]
        return [offer for offer in offers if offer]

    @property
    def links(self) -> list[tuple[str, str]]:
        """Labels and addresses of what can be read about the session; all of it is in German."""
        if self.is_closed:
            return []
        known = (
            (gettext("Agenda and papers (in German)"), self.information_url),
            (gettext("Agenda (in German)"), self.agenda_url),
            (gettext("Papers (in German)"), self.papers_url),
            (gettext("Minutes (in German)"), self.minutes_url),
        )
        return [(label, url) for label, url in known if url]
