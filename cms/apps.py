"""The ground: languages, pages, people, pictures."""

from django.apps import AppConfig
from django.core.exceptions import ImproperlyConfigured
from django.db.models.signals import post_delete, post_migrate, post_save, pre_delete, pre_migrate, pre_save
from wagtail.admin.apps import WagtailAdminAppConfig
from wagtail.users.apps import WagtailUsersAppConfig

from cms.localization import accepted_dates

accepted_dates.guard_all()  # here, because no model and no form is imported before the configurations of all apps


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's screens for users and groups, in which nobody gives a right that they do not have."""

    user_viewset = "cms.accounts.users_admin.UserViewSet"
    group_viewset = "cms.accounts.groups_admin.GroupViewSet"


class AdminConfig(WagtailAdminAppConfig):
    """Wagtail's admin without its own mails about reviews: ``cms.pages.review_acts`` decides which are sent."""

    def ready(self) -> None:
        super().ready()
        from wagtail import signals
        from wagtail.models import TaskState, WorkflowState

        for signal, sender, name in (
            (signals.task_submitted, TaskState, "group_approval_task_submitted"),
            (signals.workflow_submitted, WorkflowState, "workflow_state_submitted"),
            (signals.workflow_rejected, WorkflowState, "workflow_state_rejected"),
            (signals.workflow_approved, WorkflowState, "workflow_state_approved"),
        ):
            if not signal.disconnect(sender=sender, dispatch_uid=f"{name}_email_notification"):
                raise ImproperlyConfigured(f"Wagtail connects its mail {name} under another name")


class CmsConfig(AppConfig):
    name = "cms"
    default = True
    verbose_name = "Miteinander"

    def ready(self) -> None:
        from wagtail.documents import get_document_model

        from cms import checks  # noqa: F401 (registers them)
        from cms.accounts import roles
        from cms.admin import guards
        from cms.bin import files
        from cms.database import private_files
        from cms.localization import clean_input, locales
        from cms.mail import backend  # noqa: F401 (registers its writer)
        from cms.media import Image, Rendition, copies, credits, images, media_rights, permissions, private_folder
        from cms.pages import page_acts, review_acts, source_pages
        from cms.routing import content_version
        from cms.search import changes

        private_files.close_to_others()
        images.register_formats()
        self.register_acts()
        self.register_search()
        guards.connect()
        page_acts.connect()
        review_acts.connect()
        for name in (roles.PRESS, roles.ADMINISTRATORS):
            roles.register(name, *roles.all_of("wagtailredirects", "redirect"))
        pre_save.connect(clean_input.on_save, dispatch_uid="cms.clean_text")
        pre_save.connect(source_pages.on_save, dispatch_uid="cms.source_pages")
        post_migrate.connect(locales.create_missing, sender=self, dispatch_uid="cms.locales")
        pre_delete.connect(media_rights.on_delete, sender=Image, dispatch_uid="cms.media_rights")
        pre_save.connect(credits.on_save, sender=Image, dispatch_uid="cms.media.credits")
        post_save.connect(permissions.on_page_saved, dispatch_uid="cms.media.references")
        post_save.connect(copies.on_saved, sender=Image, dispatch_uid="cms.media.copies")
        post_migrate.connect(private_folder.move_there, sender=self, dispatch_uid="cms.media.private_folder")
        for model in (Image, Rendition, get_document_model()):
            post_delete.connect(files.on_deleted, sender=model, dispatch_uid=f"cms.bin.{model.__name__}")
        post_migrate.connect(roles.create_groups, sender=self, dispatch_uid="cms.roles")
        post_migrate.connect(content_version.install, sender=self, dispatch_uid="cms.routing.content_version")
        pre_migrate.connect(changes.remove, sender=self, dispatch_uid="cms.search.remove")
        post_migrate.connect(changes.install, sender=self, dispatch_uid="cms.search")

    def register_search(self) -> None:
        """What visitors find, of the ground's own, and when the search follows what is written."""
        from django.utils.translation import gettext_lazy as _
        from django_tasks.signals import task_finished

        from cms.search import contacts, following, kinds, page_changes, page_kinds

        kinds.register(page_kinds.made(page_kinds.PAGE, _("Pages"), 50))
        kinds.register(contacts.KIND)
        page_changes.watch()
        contacts.watch()
        task_finished.connect(following.follow_at_once, dispatch_uid="cms.search.following")

    def register_acts(self) -> None:
        """What the clock does."""
        from cms.bin import deleting, files
        from cms.jobs import clearing, every_minute, processes, publishing_schedule
        from cms.mail import sending
        from cms.routing import content_version
        from cms.search import following

        every_minute.register(publishing_schedule.do_what_is_due, first=True)
        every_minute.register(processes.forget_dead)
        every_minute.register(clearing.forget_finished)
        every_minute.register(clearing.clear)
        every_minute.register(sending.every_minute)
        every_minute.register(files.remove_those_left)
        every_minute.register(deleting.remove_what_is_over)
        every_minute.register(content_version.forget_old_changes)
        every_minute.register(following.follow)
        every_minute.register(following.once_a_night)
