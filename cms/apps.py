"""The ground: languages, pages, people, pictures."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_delete


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = "Miteinander"

    def ready(self) -> None:
        from cms import checks, guards, images, locales, media_rights, roles  # noqa: F401 (checks register themselves)
        from cms.media import Image

        images.register_formats()
        guards.connect()
        for name in (roles.PRESS, roles.ADMINISTRATORS):
            roles.register(name, *roles.all_of("wagtailredirects", "redirect"))
        post_migrate.connect(locales.create_missing, sender=self, dispatch_uid="cms.locales")
        pre_delete.connect(media_rights.on_delete, sender=Image, dispatch_uid="cms.media_rights")
        post_migrate.connect(roles.create_groups, sender=self, dispatch_uid="cms.roles")
