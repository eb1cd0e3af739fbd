"""What translators may do: change pages of their own language, and nothing else."""

from typing import Any

from django.contrib.auth.models import Group
from wagtail.models import Page
from wagtail.signals import copy_for_translation_done

from cms import languages, locales, roles

SITE_ROOT_DEPTH = 2


def grant_translators(home: Page) -> None:
    """Lets the translators of the language of ``home`` edit everything below it; publishing stays with the press."""
    code = locales.code_of(home.locale_id)
    if code == languages.SOURCE:
        return
    group, _created = Group.objects.get_or_create(name=roles.translators(code))
    roles.grant_pages(group, home, ("change_page",))


def _on_translated(target_obj: Any, **_signal: Any) -> None:
    if isinstance(target_obj, Page) and target_obj.depth == SITE_ROOT_DEPTH:
        grant_translators(target_obj)


copy_for_translation_done.connect(_on_translated, dispatch_uid="translations.permissions")
