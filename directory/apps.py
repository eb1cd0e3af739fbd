from collections.abc import Iterator

from django.apps import AppConfig
from django.db.models.signals import post_migrate, post_save, pre_delete, pre_save


class DirectoryConfig(AppConfig):
    name = "directory"

    def ready(self) -> None:
        from cms.accounts import permissions as account_rights
        from cms.accounts import roles
        from cms.admin import guards
        from cms.media import permissions as picture_rights
        from cms.open_data import collections, openapi
        from cms.routing import query_parameters
        from cms.search import suggestions
        from directory import permissions
        from directory.open_data import hsds_description
        from directory.open_data.offers import OFFERS
        from directory.open_data.organisations import ORGANISATIONS
        from directory.portal import own_pictures
        from directory.profiles import search, search_suggestions
        from directory.profiles.directory_page import DirectoryPage
        from directory.profiles.facts import ASKED
        from translations.machine import glossary

        query_parameters.register(*(fact.asked_as for fact in ASKED), "open", "near", "map", "next", "add", "per_page")
        collections.register(ORGANISATIONS, OFFERS)
        openapi.register(hsds_description.parts, name="HSDS 3.0", entrance="hsds")
        guards.keep_section(DirectoryPage, guards.pages_below)
        account_rights.register_pages(permissions.rights_on_pages)
        picture_rights.register(own_pictures.is_of_own_organisation)
        search.register()
        self.connect_signals()
        self.register_steps()
        self.register_acts()
        self.register_writers()
        for name in (roles.PRESS, roles.ADMINISTRATORS):
            roles.register(name, *roles.all_of("directory", "topic"), *roles.all_of("directory", "district"))
            roles.register(name, "directory.change_directorymap")
        glossary.register_names(names_of_organisations)
        suggestions.register(search_suggestions.suggestions)

    def connect_signals(self) -> None:
        from cms.routing.site_settings import SiteSettings
        from directory import permissions
        from directory.models import DirectoryPage, OrganisationPage, Topic
        from directory.profiles import naming, taxonomy, topic_changes
        from directory.review import workflow

        post_migrate.connect(taxonomy.create_languages, sender=self, dispatch_uid="directory.languages")
        post_migrate.connect(workflow.assign_missing, sender=self, dispatch_uid="directory.workflows")
        post_save.connect(permissions.on_directory_saved, sender=DirectoryPage, dispatch_uid="directory.ki")
        post_save.connect(workflow.on_directory_saved, sender=DirectoryPage, dispatch_uid="directory.workflow")
        post_save.connect(workflow.on_settings_saved, sender=SiteSettings, dispatch_uid="directory.reviewers")
        pre_save.connect(naming.before_save, sender=OrganisationPage, dispatch_uid="directory.name")
        post_save.connect(naming.after_save, sender=OrganisationPage, dispatch_uid="directory.names")
        pre_delete.connect(topic_changes.require_unused, sender=Topic, dispatch_uid="directory.topics")
        workflow.keep()

    def register_steps(self) -> None:
        """What follows when a profile has been published, and when something was sent or decided."""
        from cms.pages.page_acts import PUBLISHED
        from cms.pages.review_acts import APPROVED, CANCELLED, REJECTED, mails_of
        from cms.pages.steps import Step, register
        from directory.profile_checks import confirmation
        from directory.profiles import own_language
        from directory.review import later_drafts, mails, takedown
        from directory.review.task import ReviewTask

        register(PUBLISHED, Step("directory.own_language", 200, own_language.publish_own_words))
        register(PUBLISHED, Step("directory.confirmation", 210, confirmation.confirm_by_writing))
        register(PUBLISHED, Step("directory.online", 220, takedown.is_back))
        for act in (APPROVED, REJECTED, CANCELLED):
            register(act, Step("directory.later_drafts", 200, later_drafts.keep))
        mails_of(ReviewTask, mails.tell)

    def register_acts(self) -> None:
        """What the clock does."""
        from cms.jobs import every_minute
        from directory.members import personal_data
        from directory.portal import own_pictures
        from directory.profile_checks import confirmation
        from directory.spreadsheet import models as lists
        from directory.spreadsheet import tasks

        every_minute.register(personal_data.forget_what_is_over)
        every_minute.register(own_pictures.remove_unused_once_a_day)
        every_minute.register(confirmation.ask_who_is_due)
        every_minute.register(tasks.take_up_again)
        every_minute.register(lists.remove_old)

    def register_writers(self) -> None:
        """Of mails that are made when they are sent."""
        from cms import mail
        from directory.accounts import email_change, passwords
        from directory.members import delivery
        from directory.profile_checks import confirmation

        mail.register(confirmation.WRITER, mail.Writer(confirmation.write))
        mail.register(email_change.WRITER, mail.Writer(email_change.write_link, is_urgent=True))
        mail.register(passwords.WRITER, mail.Writer(passwords.write_link, is_urgent=True))
        invitation = mail.Writer(delivery.write, on_sent=delivery.is_sent, on_trouble=delivery.is_in_trouble)
        mail.register(delivery.WRITER, invitation)


def names_of_organisations() -> Iterator[str]:
    """German and native names of published organisations: machines leave them as they are."""
    from cms.localization import languages, locales
    from directory.models import OrganisationPage

    pages = OrganisationPage.objects.filter(live=True, locale_id=locales.id_of(languages.SOURCE))
    for title, native_name, short_name in pages.values_list("title", "native_name", "short_name"):
        yield from filter(None, (title, native_name, short_name))
