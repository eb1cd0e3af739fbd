"""Which events, sessions and regular offers answer what an address asks for: its filters, and its words as the search
of the whole site understands them.
"""

from functools import cached_property

from wagtail.models import Site

from cms.localization import languages
from cms.search.finding import find
from cms.search.found import Found
from dates.programme.event_filters import Document, Marks, Wanted

KINDS = frozenset({"event", "session", "organisation"})
"""A regular offer is found with the organisation that has it."""


class Asked:
    def __init__(self, wanted: Wanted, *, site: Site | None) -> None:
        self.wanted, self.site = wanted, site

    @cached_property
    def found(self) -> Found:
        if not self.wanted.query or self.site is None:
            return Found()
        return find(self.wanted.query, site=self.site, language=languages.active().code, kinds=KINDS)

    @cached_property
    def _documents(self) -> set[Document]:
        return {(match.kind, match.object_id) for match in self.found.answers}

    def finds(self, marks: Marks) -> bool:
        return self.wanted.finds(marks) and (not self.wanted.query or self._is_said(marks))

    def _is_said(self, marks: Marks) -> bool:
        if marks.document not in self._documents:
            return False
        return not marks.texts or any(self._says(*text) for text in marks.texts)

    def _says(self, text: str, language: str) -> bool:
        return any(is_marked for _piece, is_marked in self.found.marked(text, language))
