"""The ground: languages, pages, people, pictures."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_delete, pre_save

from cms.localization import accepted_dates

accepted_dates.guard_all()  # here, because no model and no form is imported before the configurations of all apps


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = "Miteinander"

    def ready(self) -> None:
        from cms import checks, images, locales, media_rights, roles  # noqa: F401 (checks register themselves)
        from cms.localization import clean_input
        from cms.media import Image

        images.register_formats()
        pre_save.connect(clean_input.on_save, dispatch_uid="cms.clean_text")
        post_migrate.connect(locales.create_missing, sender=self, dispatch_uid="cms.locales")
        pre_delete.connect(media_rights.on_delete, sender=Image, dispatch_uid="cms.media_rights")
        post_migrate.connect(roles.create_groups, sender=self, dispatch_uid="cms.roles")
