"""What is kept of a workbench that was sent after the log-in had ended (``cms.forms.kept``)."""

from typing import Any

from django.http import HttpRequest, QueryDict
from wagtail.models import Page

from cms.localization import languages, locales
from translations import status
from translations.tree import structure

ALWAYS = ("note", "reason")
PREFIX, SEEN, CHECKED = "words-", "seen-", "checked-"


def what_was_typed(user: Any, request: HttpRequest, address: dict[str, Any]) -> QueryDict | None:
    """The changed sentences and the notes; None for what is no workbench of this person's, or is as it was."""
    page = Page.objects.filter(pk=address.get("page_id")).first()
    if page is None or page.locale_id == locales.id_of(languages.SOURCE) or not status.is_translatable(page):
        return None
    if structure.is_adapted(page) or not page.permissions_for_user(user).can_edit():
        return None
    sent, chosen = request.POST, QueryDict(mutable=True)
    for name in sent:
        if name.startswith(PREFIX) and (sent[name] != sent.get(SEEN + name, "") or CHECKED + name in sent):
            for part in (name, SEEN + name, CHECKED + name):
                if part in sent:
                    chosen[part] = sent[part]
        elif name in ALWAYS and sent[name].strip():
            chosen[name] = sent[name]
    return chosen if chosen else None
