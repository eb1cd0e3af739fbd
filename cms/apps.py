"""The ground: languages, pages, people, pictures."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, post_save, pre_delete


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = "Miteinander"

    def ready(self) -> None:
        from cms import checks, images, locales, media_rights, roles  # noqa: F401 (checks register themselves)
        from cms.media import Image, copies, permissions, private_folder

        images.register_formats()
        post_migrate.connect(locales.create_missing, sender=self, dispatch_uid="cms.locales")
        pre_delete.connect(media_rights.on_delete, sender=Image, dispatch_uid="cms.media_rights")
        post_save.connect(permissions.on_page_saved, dispatch_uid="cms.media.references")
        post_save.connect(copies.on_saved, sender=Image, dispatch_uid="cms.media.copies")
        post_migrate.connect(private_folder.move_there, sender=self, dispatch_uid="cms.media.private_folder")
        post_migrate.connect(roles.create_groups, sender=self, dispatch_uid="cms.roles")
