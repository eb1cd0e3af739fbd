"""The people of the demo content, one for each role, with passwords made at first seeding."""

import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from wagtail.users.models import UserProfile

from cms.accounts import User, roles
from directory.members import membership
from directory.profiles.organisation import OrganisationPage

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
    """Writes the log-ins down and creates the accounts; returns ``(e-mail, password)``.

    In this order, so that a password is never lost when a loading breaks off; what it has made gets a new one.
    """
    logins = [(email, secrets.token_urlsafe(12)) for email, _name, _group in ACCOUNTS]
    path = logins_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text("".join(f"{email} {password}\n" for email, password in logins))
    for (email, password), (_email, name, group) in zip(logins, ACCOUNTS, strict=True):
        _create(email, make_password(password), name, group, example)  # hashed before anything is locked
    return logins


@transaction.atomic
def _create(email: str, hashed: str, name: str, group: str | None, example: OrganisationPage) -> None:
    values = {
        "password": hashed,
        "first_name": name,
        "last_name": "(Demo)",
        "is_demo": True,
        "is_superuser": group == roles.ADMINISTRATORS,
        "preferred_language": "ar" if group == roles.translators("ar") else "de",
    }
    user, is_new = User.objects.update_or_create(email=email, defaults=values)
    if not is_new:
        return
    UserProfile.objects.create(user=user, preferred_language=user.admin_language)
    if group:
        user.groups.add(roles.group_of(group))
    else:
        membership.join(organisation=example, user=user)
