"""Loads the demo content once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from home.demo import accounts, loading


class Command(BaseCommand):
    help = "Loads the demo content into an empty installation; a second run changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        if loading.is_loaded():
            self.stdout.write("This installation has content already; nothing was changed.")
            return
        self.stdout.write("Loading the demo content …")
        try:
            logins = loading.load_everything(self.stdout.write)
        except loading.NotAllowed as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Demo log-ins (kept in {accounts.logins_file()}):")
        for email, password in logins:
            self.stdout.write(f"  {email} {password}")
