"""The first site of an installation, for scripts; people do the same in the admin."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from home import setting_up


class Command(BaseCommand):
    help = "Makes the first site with its German home page, news, directory and events."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--municipality", required=True, help='for example "Stadt Hagen"')
        parser.add_argument("--name", required=True, help='for example "Miteinander in Hagen"')
        parser.add_argument("--address", default=settings.WAGTAILADMIN_BASE_URL, help="default: BASE_URL")

    def handle(self, *args: Any, **options: Any) -> None:
        given = {name: options[name] for name in ("name", "municipality", "address")}
        try:
            site = setting_up.set_up(**given)
        except setting_up.AlreadySetUp as error:
            raise CommandError("This installation has a home page already; nothing was changed.") from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{site.site_name}: {site.root_url}/")
