"""Who may translate into which language. Translators change pages of their own language, and nothing else."""

from typing import Any

from wagtail.models import GroupPagePermission, Page
from wagtail.permissions import page_permission_policy
from wagtail.signals import copy_for_translation_done

from cms.accounts import roles
from cms.bin.tree import OUTSIDE
from cms.database.request_memory import remembered
from cms.localization import languages, locales
from translations.segments import TARGETS

ROOT_DEPTH, SITE_ROOT_DEPTH = 1, 2


def grant_translators(home: Page) -> None:
    """Lets the translators of the language of ``home`` edit everything below it; publishing stays with the press."""
    code = locales.code_of(home.locale_id)
    if code == languages.SOURCE:
        return
    roles.grant_pages(roles.group_of(roles.translators(code)), home, ("change_page",))


def _on_translated(target_obj: Any, **_signal: Any) -> None:
    if isinstance(target_obj, Page) and target_obj.depth == SITE_ROOT_DEPTH:
        grant_translators(target_obj)


copy_for_translation_done.connect(_on_translated, dispatch_uid="translations.permissions")


def languages_of(user: Any) -> tuple[str, ...]:
    """Languages into which ``user`` may translate: by the right to change the home page in that language."""
    return remembered(("languages", user.pk), lambda: _asks_for_languages_of(user))


def _asks_for_languages_of(user: Any) -> tuple[str, ...]:
    if not user.is_active:
        return ()
    if user.is_superuser:
        return TARGETS
    rights = page_permission_policy.get_cached_permissions_for_user(user)
    granted = {(each.page.depth, each.page.locale_id) for each in rights if each.permission.codename == "change_page"}
    if any(depth == ROOT_DEPTH for depth, _locale in granted):
        return TARGETS
    own = {locales.code_of(locale_id) for depth, locale_id in granted if depth == SITE_ROOT_DEPTH and locale_id}
    return tuple(code for code in TARGETS if code in own)


def may_translate(user: Any, language: str) -> bool:
    return language in languages_of(user)


def may_lead(user: Any) -> bool:
    """May see all languages, have machines draft and ask translators: who edits the whole site."""
    return user.is_active and bool(
        user.is_superuser
        or GroupPagePermission.objects.filter(
            group__user=user, permission__codename="change_page", page__depth=ROOT_DEPTH
        ).exists()
    )


def may_read_source(user: Any, page: Page) -> bool:
    """Translators read what is public, and the draft of a page never public that was given to them to translate.

    Other German drafts stay with those who may edit them.
    """
    if page.live or page.permissions_for_user(user).can_edit():
        return True
    own = [locales.id_of(code) for code in languages_of(user)]
    begun = Page.objects.filter(OUTSIDE, translation_key=page.translation_key, locale_id__in=own, alias_of=None)
    return page.first_published_at is None and begun.exists()
