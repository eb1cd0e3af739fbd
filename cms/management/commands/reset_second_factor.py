"""For who has lost their phone."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.accounts import User, codes


class Command(BaseCommand):
    help = "Removes the second factor of a person, who then sets up a new one at the next log-in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email__iexact=options["email"]).first()
        if user is None:
            raise CommandError(f"Nobody has an account with the address {options['email']}.")
        had_one = codes.reset(user)
        self.stdout.write(f"{user.email}: second factor removed." if had_one else f"{user.email} had no second factor.")
