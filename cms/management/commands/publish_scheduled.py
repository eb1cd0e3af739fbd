"""Wagtail's command, for those who call it from cron: publishes as the clock does."""

from typing import Any

from wagtail.management.commands import publish_scheduled

from cms.jobs import publishing_schedule


class Command(publish_scheduled.Command):
    help = "Publishes and expires what is due, each thing for itself. `manage.py clock --once` does the rest as well."

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dryrun"]:
            super().handle(*args, **options)
        else:
            publishing_schedule.do_what_is_due()
