"""What one press must never take away: the whole site, everybody's rights, or the look at what waits for review.

The rules stand at the signals of the models, so that a view, a bulk act, an import and a command meet the same one.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import Group
from django.db.models.signals import pre_delete, pre_save
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Collection, Locale, Page, Revision, Site, Task, TaskState
from wagtail.signals import pre_page_move

from cms.accounts import roles
from cms.admin.refusals import Refused
from cms.localization import languages, locales

_sections: dict[type[Page], Callable[[Page], str]] = {}


def keep_section(model: type[Page], loss: Callable[[Page], str]) -> None:
    """Pages of ``model`` are not deleted while something depends on them: ``loss`` says what, or is empty."""
    _sections[model] = loss


def pages_below(page: Page) -> str:
    """For ``keep_section``: nothing is lost with a section that is empty."""
    count = page.get_descendant_count()
    if not count:
        return ""
    return ngettext(
        "“%(page)s” cannot be deleted: %(count)d page is below it. Delete or move it first.",
        "“%(page)s” cannot be deleted: %(count)d pages are below it. Delete or move them first.",
        count,
    ) % {"page": page.title, "count": count}


def loss_with(page: Page) -> str:
    """What would be lost with a page that is a section; empty when nothing, and for pages of another kind."""
    loss = _sections.get(page.specific_class)
    return loss(page) if loss is not None and page.locale_id == locales.id_of(languages.SOURCE) else ""


# Pages


def require_dispensable(page: Page) -> None:
    """Raises Refused where deleting ``page`` takes a site, a language or a section with all that it holds along."""
    require_no_home(page)
    if page.depth == 2 and page.numchild and Site.objects.filter(root_page__translation_key=page.translation_key):
        raise Refused(
            _("All pages in this language are below “%(page)s”. Delete those that are no longer needed instead.")
            % {"page": page.title}
        )
    said = loss_with(page)
    if said:
        raise Refused(said)


def require_reachable(page: Page, *, below_too: bool) -> None:
    """Raises Refused where unpublishing ``page`` leaves public pages below it to which nothing leads any more."""
    require_no_home(page)
    count = 0 if below_too or page.specific_class not in _sections else page.get_descendants().live().count()
    if count and page.locale_id == locales.id_of(languages.SOURCE):
        raise Refused(
            ngettext(
                "Visitors reach %(count)d public page from “%(page)s”. Unpublish it as well, or first.",
                "Visitors reach %(count)d public pages from “%(page)s”. Unpublish them as well, or first.",
                count,
            )
            % {"page": page.title, "count": count}
        )


def require_no_home(page: Page) -> None:
    site = Site.objects.filter(root_page_id=page.pk).first()
    if site is not None and is_of_ours(page):
        raise Refused(
            _(
                "“%(page)s” is the home page of %(site)s: without it no page of that site is reached any more. "
                "Under Settings → Sites you can choose another home page first."
            )
            % {"page": page.title, "site": site.site_name or site.hostname}
        )


def on_page_deleted(instance: Page, **_signal: Any) -> None:
    require_no_home(instance)


def on_page_saved(instance: Any, raw: bool = False, **_signal: Any) -> None:
    """Unpublishing, by hand or because the time of the page is over."""
    if raw or not isinstance(instance, Page) or instance.pk is None or instance.live:
        return
    if Page.objects.filter(pk=instance.pk, live=True).exists():
        require_no_home(instance)


def on_page_moved(instance: Page, parent_page_before: Page, parent_page_after: Page, **_signal: Any) -> None:
    if parent_page_before.pk != parent_page_after.pk:
        require_no_home(instance)


# Sites, roles, languages, collections


def on_site_deleted(instance: Site, **_signal: Any) -> None:
    require_spare_site(instance)


def is_of_ours(page: Page) -> bool:
    """Not Wagtail's greeting, which shows visitors nothing and goes when a site is set up."""
    return page.specific_class is not Page


def require_spare_site(site: Site) -> None:
    if not is_of_ours(site.root_page):
        return
    if not Site.objects.exclude(pk=site.pk).exists():
        raise Refused(_("This is the only site. Without it visitors see nothing any more."))
    if site.is_default_site:
        raise Refused(
            _("This site answers all addresses that belong to no other. Make another one the default site first.")
        )


def on_site_saved(instance: Site, raw: bool = False, **_signal: Any) -> None:
    before = None if raw else Site.objects.filter(pk=instance.pk).select_related("root_page").first()
    if before is None:
        return
    if before.is_default_site and not instance.is_default_site and not Site.objects.exclude(pk=instance.pk).exists():
        raise Refused(_("This is the only site. It stays the default site: else visitors see nothing any more."))
    root = instance.root_page
    is_changed = before.root_page_id != root.pk and before.root_page.depth > 1
    if is_changed and (not root.live or root.locale_id != locales.id_of(languages.SOURCE)):
        raise Refused(
            _("“%(page)s” cannot be the home page: choose a published page in German.") % {"page": root.title}
        )


def on_group_deleted(instance: Group, **_signal: Any) -> None:
    if is_of_a_role(instance):
        raise Refused(
            _(
                "The group “%(group)s” carries a role: everybody in it would lose their rights. "
                "You can take single people out of it, or change its rights."
            )
            % {"group": instance.name}
        )


def is_of_a_role(group: Group) -> bool:
    return roles.Role.objects.filter(group=group).exists()


def on_locale_saved(instance: Locale, raw: bool = False, **_signal: Any) -> None:
    before = None if raw else Locale.objects.filter(pk=instance.pk).first()
    if before is None or before.language_code == instance.language_code:
        return
    if before.language_code == languages.SOURCE or Page.objects.filter(locale_id=instance.pk).exists():
        raise Refused(_("There are texts in this language. It cannot become another one; add the other one instead."))


def on_collection_deleted(instance: Collection, **_signal: Any) -> None:
    if instance.depth == 1:
        raise Refused(_("All pictures and documents are below this collection. It cannot be deleted."))


# Reviews


def waiting_in(task: Task) -> list[str]:
    """Titles of what waits in ``task`` for a decision."""
    states = TaskState.objects.filter(task_id=task.pk, status=TaskState.STATUS_IN_PROGRESS).select_related("revision")
    return [state.revision.object_str for state in states]


def require_nothing_waits(task: Task) -> None:
    """Wagtail takes what waits in a disabled task for approved, and publishes it."""
    waiting = waiting_in(task)
    if waiting:
        raise Refused(
            _("This still waits for a decision in the task “%(task)s”: %(pages)s. Decide about it first.")
            % {"task": task.name, "pages": ", ".join(waiting)}
        )


def on_task_saved(instance: Any, raw: bool = False, **_signal: Any) -> None:
    if raw or not isinstance(instance, Task) or instance.pk is None or instance.active:
        return
    if Task.objects.filter(pk=instance.pk, active=True).exists():
        require_nothing_waits(instance)


def on_task_deleted(instance: Task, **_signal: Any) -> None:
    require_nothing_waits(instance)


def on_revision_saved(
    instance: Revision, raw: bool = False, update_fields: frozenset[str] | None = None, **_signal: Any
) -> None:
    """Taking a schedule away needs one."""
    if raw or update_fields != {"approved_go_live_at"} or instance.approved_go_live_at is not None:
        return
    if not Revision.objects.filter(pk=instance.pk, approved_go_live_at__isnull=False).exists():
        raise Refused(_("This version is not scheduled; there is nothing to take back."))


def connect() -> None:
    """Models with subclasses are saved under the name of the subclass; deleting goes through each parent."""
    for name, receiver in (("page", on_page_saved), ("task", on_task_saved)):
        pre_save.connect(receiver, dispatch_uid=f"cms.guards.{name}_saved")
    for model, saved in ((Site, on_site_saved), (Locale, on_locale_saved), (Revision, on_revision_saved)):
        pre_save.connect(saved, sender=model, dispatch_uid="cms.guards.saved")
    for model, deleted in (
        (Page, on_page_deleted),
        (Site, on_site_deleted),
        (Group, on_group_deleted),
        (Collection, on_collection_deleted),
        (Task, on_task_deleted),
    ):
        pre_delete.connect(deleted, sender=model, dispatch_uid="cms.guards.deleted")
    pre_page_move.connect(on_page_moved, dispatch_uid="cms.guards.moved")
