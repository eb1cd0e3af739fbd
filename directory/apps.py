from collections.abc import Iterator

from django.apps import AppConfig
from django.db.models.signals import post_migrate, post_save
from wagtail.signals import page_published


class DirectoryConfig(AppConfig):
    name = "directory"

    def ready(self) -> None:
        from cms import every_minute, roles
        from cms.site_settings import SiteSettings
        from directory import own_language, permissions, taxonomy
        from directory.joining import delivery, personal_data
        from directory.models import DirectoryPage, OrganisationPage
        from directory.portal import own_pictures
        from directory.review import signals, workflow
        from translations import events
        from translations.machine import glossary

        post_migrate.connect(taxonomy.create_languages, sender=self, dispatch_uid="directory.languages")
        post_save.connect(permissions.on_directory_saved, sender=DirectoryPage, dispatch_uid="directory.ki")
        post_save.connect(workflow.on_directory_saved, sender=DirectoryPage, dispatch_uid="directory.workflow")
        post_save.connect(workflow.on_settings_saved, sender=SiteSettings, dispatch_uid="directory.reviewers")
        post_migrate.connect(workflow.assign_missing, sender=self, dispatch_uid="directory.workflows")
        events.connect()  # first: the German sentences are read before own words stand beside them
        page_published.connect(
            own_language.on_published, sender=OrganisationPage, dispatch_uid="directory.own_language"
        )
        signals.connect()
        for name in (roles.PRESS, roles.ADMINISTRATORS):
            roles.register(name, *roles.all_of("directory", "topic"), *roles.all_of("directory", "district"))
        every_minute.register(delivery.send_again)
        every_minute.register(personal_data.forget_what_is_over)
        every_minute.register(own_pictures.remove_unused_once_a_day)
        glossary.register_names(names_of_organisations)


def names_of_organisations() -> Iterator[str]:
    """German and native names of published organisations: machines leave them as they are."""
    from cms import languages, locales
    from directory.models import OrganisationPage

    pages = OrganisationPage.objects.filter(live=True, locale_id=locales.id_of(languages.SOURCE))
    for title, native_name in pages.values_list("title", "native_name"):
        yield from filter(None, (title, native_name))
