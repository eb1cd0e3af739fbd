"""The ground: languages, pages, people, pictures."""

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_migrate, pre_delete


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = "Miteinander"

    def ready(self) -> None:
        from wagtail.documents import get_document_model

        from cms import (  # noqa: F401 (checks register themselves)
            checks,
            every_minute,
            images,
            locales,
            media_rights,
            roles,
        )
        from cms.bin import emptying, files
        from cms.media import Image, Rendition

        images.register_formats()
        post_migrate.connect(locales.create_missing, sender=self, dispatch_uid="cms.locales")
        pre_delete.connect(media_rights.on_delete, sender=Image, dispatch_uid="cms.media_rights")
        for model in (Image, Rendition, get_document_model()):
            post_delete.connect(files.on_deleted, sender=model, dispatch_uid=f"cms.bin.{model.__name__}")
        every_minute.register(files.remove_those_left)
        every_minute.register(emptying.remove_what_is_over)
        post_migrate.connect(roles.create_groups, sender=self, dispatch_uid="cms.roles")
