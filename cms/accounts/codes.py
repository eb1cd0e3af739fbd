"""The devices behind the second factor: an authenticator app (TOTP, RFC 6238), and codes on paper for when it is lost.

How often codes may be guessed is limited by client and account together, like passwords: a lock of the account itself
would be in the hands of whoever guesses.
"""

import secrets

import django_otp
from django.db import transaction
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from cms.accounts import User
from cms.database.request_memory import remembered

HOW_MANY = 10
FEW = 3
DIGITS = 10
GROUP = 5
LONGEST = 16
"""Characters that may be typed for a code, blanks and hyphens included."""


def has_one(user: User) -> bool:
    devices = TOTPDevice.objects.filter(user_id=user.pk or 0, confirmed=True)
    return remembered(("second factor", user.pk), devices.exists)


def normalised(typed: str) -> str:
    return typed.replace(" ", "").replace("-", "")


def matching(user: User, typed: str) -> Device | None:
    """The device that accepts this code, which then is used up; None when it is wrong."""
    code = normalised(typed)
    return django_otp.match_token(user, code) if code.isascii() and code.isdecimal() else None


@transaction.atomic
def new_recovery_codes(user: User) -> list[str]:
    """Ten codes that each work once instead of the app; older ones stop working. They are shown now or never."""
    User.objects.select_for_update().get(pk=user.pk)
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="recovery", confirmed=True)
    codes: set[str] = set()
    while len(codes) < HOW_MANY:
        codes.add(f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}")
    StaticToken.objects.bulk_create([StaticToken(device=device, token=code) for code in codes])
    return [f"{code[:GROUP]} {code[GROUP:]}" for code in sorted(codes)]


def recovery_codes_left(user: User) -> int:
    return StaticToken.objects.filter(device__user=user, device__confirmed=True).count()


def reset(user: User) -> bool:
    """Takes the second factor and its recovery codes away; False when there was none."""
    had_one, _details = TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    return bool(had_one)
