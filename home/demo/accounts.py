"""The people of the demo content, one for each role, with passwords made at first seeding."""

import secrets
from pathlib import Path

from django.conf import settings
from wagtail.users.models import UserProfile

from cms import roles
from cms.accounts import User
from directory import membership
from directory.organisation import OrganisationPage

ACCOUNTS = (
    ("press@example.org", "Presse", roles.PRESS),
    ("translator-ar@example.org", "Übersetzung Arabisch", roles.translators("ar")),
    ("ki@example.org", "Integrationszentrum", roles.KI),
    ("member@example.org", "Mitglied", None),
    ("admin@example.org", "Administration", roles.ADMINISTRATORS),
)


def logins_file() -> Path:
    """Where the log-ins are kept: one ``e-mail password`` a line, readable by the owner only."""
    return Path(settings.DATA_DIR, "demo-logins.txt")


def create(example: OrganisationPage) -> list[tuple[str, str]]:
    """Creates the accounts and writes their log-ins down; returns ``(e-mail, password)``."""
    logins = []
    for email, name, group in ACCOUNTS:
        password = secrets.token_urlsafe(12)
        user = User.objects.create_user(
            email,
            password,
            first_name=name,
            last_name="(Demo)",
            is_demo=True,
            is_superuser=group == roles.ADMINISTRATORS,
            preferred_language="ar" if group == roles.translators("ar") else "de",
        )
        UserProfile.objects.create(user=user, preferred_language=user.admin_language)
        if group:
            user.groups.add(roles.group_of(group))
        else:
            membership.join(organisation=example, user=user)
        logins.append((email, password))
    path = logins_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text("".join(f"{email} {password}\n" for email, password in logins))
    return logins
