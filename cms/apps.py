"""The ground: languages, pages, people, pictures."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = "Miteinander"

    def ready(self) -> None:
        from cms import checks, images, locales, roles  # noqa: F401 (checks register themselves)

        images.register_formats()
        post_migrate.connect(locales.create_missing, sender=self, dispatch_uid="cms.locales")
        post_migrate.connect(roles.create_groups, sender=self, dispatch_uid="cms.roles")
