from django.apps import AppConfig


class TranslationsConfig(AppConfig):
    name = "translations"

    def ready(self) -> None:
        from cms import mail
        from cms.accounts import roles
        from cms.forms import kept
        from cms.jobs import every_minute
        from cms.localization import notices
        from translations import labels, permissions  # noqa: F401 (permissions: its signal)
        from translations.dashboard import asking
        from translations.machine import tasks
        from translations.review import mails as review_mails
        from translations.tree import events
        from translations.workbench import keeping

        kept.register("wagtailadmin_pages:edit", keeping.what_was_typed)
        events.connect()
        every_minute.register(tasks.start_if_due)
        mail.register(asking.WRITER, mail.Writer(asking.write))
        mail.register(review_mails.WRITER, mail.Writer(review_mails.write))
        notices.register(labels.annotate)
        roles.register(roles.PRESS, "wagtail_localize.submit_translation")
        for name in (roles.PRESS, roles.ADMINISTRATORS):
            for model in ("glossaryterm", "keptname"):
                roles.register(name, *roles.all_of("translations", model))
            roles.register(name, "translations.change_translationpolicy")
