"""For a city that has lost its superuser: forgotten password, somebody who has left."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.accounts import User, authentication


class Command(BaseCommand):
    help = "Makes an existing account an active superuser. Its password is set with: manage.py changepassword EMAIL"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email=options["email"].strip().lower()).first()
        if user is None:
            raise CommandError(
                f"Nobody has an account with the address {options['email']}. A new one: manage.py createsuperuser"
            )
        user.is_superuser = user.is_staff = user.is_active = True
        user.save(update_fields=["is_superuser", "is_staff", "is_active"])
        authentication.forget_failures(user.email)
        self.stdout.write(f"{user.email} is a superuser. New password: manage.py changepassword {user.email}")
