"""The German page under a draft by machine: whether it is still there, still public, and still says the same."""

from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _
from wagtail.models import Page

from translations.machine.models import DraftJob


class OffLine(Exception):
    """The page is not public any more; says so in a sentence."""

    def __init__(self) -> None:
        self.sentence = _("The German page is not public any more. Nothing was published; what was drafted is kept.")
        super().__init__(self.sentence)


class Changed(Exception):
    """The text was changed meanwhile; says so in a sentence. What is new in it is drafted at once."""

    until = None

    def __init__(self) -> None:
        self.sentence = _("The German text has changed meanwhile. What is new in it is drafted now.")
        super().__init__(self.sentence)


@dataclass(frozen=True)
class German:
    """As it was when the work began."""

    page_id: int
    was_public: bool
    revision_id: int | None

    @classmethod
    def of(cls, job: DraftJob) -> Self:
        """Raises ``OffLine`` for a page of a run, which drafts public pages only, that has been unpublished since."""
        live, revision_id = _now(job.page_id)
        if job.run_id is not None and not live:
            raise OffLine
        return cls(job.page_id, live, revision_id)

    def is_public(self, *, lock: bool = False) -> bool:
        """With ``lock`` it stays so until the end of the transaction."""
        pages = Page.objects.select_for_update() if lock else Page.objects.all()
        return pages.filter(pk=self.page_id, live=True).exists()

    def require_public(self) -> None:
        """Raises ``OffLine`` when it was public and is not any more."""
        if self.was_public and not self.is_public():
            raise OffLine

    def require_same(self) -> None:
        """Raises ``OffLine`` and ``Changed``."""
        self.require_public()
        if _now(self.page_id)[1] != self.revision_id:
            raise Changed


def _now(page_id: int) -> tuple[bool, int | None]:
    """Whether it is public, and the revision that is translated: the public one, else the latest draft."""
    row = Page.objects.filter(pk=page_id).values_list("live", "live_revision_id", "latest_revision_id").first()
    if row is None:
        return False, None
    live, live_revision, latest = row
    return live, live_revision if live else latest
