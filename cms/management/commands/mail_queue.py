"""What waits in the queue of mails, for operators."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from cms.mail import deciding, sending
from cms.mail.letters import Letter, MailServer, counts


class Command(BaseCommand):
    help = "Says how many mails wait, are late, were given up or are unclear, and how the mail server has answered."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--retry", action="store_true", help="send again what was given up, for another 48 hours")
        parser.add_argument("--send", action="store_true", help="send what is due now, for some seconds at most")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["retry"]:
            self.stdout.write(f"{deciding.try_again(Letter.objects.given_up())} mails are tried again.")
        if options["send"]:
            self.stdout.write(f"{sending.deliver()} mails sent.")
        for name, number in counts(Letter.objects.all()).items():
            self.stdout.write(f"{name.replace('_', ' ')}: {number}")
        server = MailServer.current()
        if server.failures:
            since = timezone.localtime(server.failing_since)
            self.stdout.write(f"The mail server does not answer since {since:%Y-%m-%d %H:%M}: {server.last_error}")
