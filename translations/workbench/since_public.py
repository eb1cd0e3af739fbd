"""What has changed since the last public version, and who wrote it: for whoever reviews."""

from collections.abc import Sequence

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from wagtail.models import Page

from translations.review.models import name_of
from translations.versions import words_of
from translations.workbench.codes import to_codes
from translations.workbench.entries import TextEntry


def add_public_words(listed: Sequence[TextEntry], translated: Page) -> None:
    """Gives each entry the public words of its place and the name of its writer; at most three queries."""
    public = words_of(translated.live_revision, [entry.segment for entry in listed]) if translated.live else None
    people = get_user_model().objects.in_bulk({entry.segment.person_id for entry in listed} - {None})
    for entry in listed:
        segment = entry.segment
        if public is not None:
            kept = public.get(segment.place)
            entry.public = to_codes(kept.text) if kept else ""
        if segment.is_by_machine:
            entry.writer = _("a machine")
        elif not segment.is_missing:
            entry.writer = name_of(people.get(segment.person_id))
