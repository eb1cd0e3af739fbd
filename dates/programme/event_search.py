"""Which events, sessions and regular offers answer what an address asks for: its filters, and its words as the search
of the whole site understands them.
"""

from functools import cached_property

from wagtail.models import Site

from cms.localization import languages
from cms.search.finding import Found, find
from dates.programme.event_filters import Document, Marks, Wanted

KINDS = frozenset({"event", "session", "organisation"})
"""A regular offer is found with the organisation that has it."""


class Asked:
    def __init__(self, wanted: Wanted, *, site: Site | None) -> None:
        self.wanted, self.site = wanted, site

    @cached_property
    def _found(self) -> Found:
        if not self.wanted.query or self.site is None:
            return Found()
        return find(self.wanted.query, site=self.site, language=languages.active().code, kinds=KINDS)

    @cached_property
    def _documents(self) -> set[Document]:
        """What has all words; where nothing has, what has some of them."""
        matches = [match for group in self._found.groups for match in group.matches]
        whole = [match for match in matches if match.is_whole]
        return {(match.kind, match.object_id) for match in whole or matches}

    def finds(self, marks: Marks) -> bool:
        return self.wanted.finds(marks) and (not self.wanted.query or self._is_said(marks))

    def _is_said(self, marks: Marks) -> bool:
        if marks.document not in self._documents:
            return False
        return not marks.texts or any(self._says(*text) for text in marks.texts)

    def _says(self, text: str, language: str) -> bool:
        return any(is_marked for _piece, is_marked in self._found.marked(text, language))
