from django.apps import AppConfig
from django.db.models.signals import post_migrate, post_save


class DirectoryConfig(AppConfig):
    name = "directory"

    def ready(self) -> None:
        from cms import roles
        from directory import permissions, taxonomy
        from directory.models import DirectoryPage

        post_migrate.connect(taxonomy.create_languages, sender=self, dispatch_uid="directory.languages")
        post_save.connect(permissions.on_directory_saved, sender=DirectoryPage, dispatch_uid="directory.ki")
        for name in (roles.PRESS, roles.ADMINISTRATORS):
            roles.register(name, *roles.all_of("directory", "topic"), *roles.all_of("directory", "district"))
