"""What people set for themselves in the admin."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.users.models import UserProfile

from tests import factories

pytestmark = pytest.mark.django_db


def test_nobody_uploads_a_portrait(client: Client) -> None:
    press = factories.press()
    client.force_login(press)
    page = client.get("/admin/account/").content.decode()
    assert 'type="file"' not in page
    client.post("/admin/account/", {"avatar-avatar": SimpleUploadedFile("me.jpg", b"x", "image/jpeg")})
    profile = UserProfile.objects.filter(user=press).first()
    assert not (profile and profile.avatar)


def test_nobody_changes_the_address_they_log_in_with(client: Client) -> None:
    press = factories.press()
    client.force_login(press)
    client.post("/admin/account/", {"name_email-email": "someone@else.example", "name_email-first_name": "A"})
    press.refresh_from_db()
    assert press.email == "presse@example.org"
