"""What people set for themselves in the admin."""

import pytest
from django.conf import settings
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


def test_the_time_in_the_admin_is_that_of_the_city_and_cannot_be_chosen(client: Client) -> None:
    press = factories.press()
    UserProfile.get_for_user(press)
    client.force_login(press)
    assert b"current_time_zone" not in client.get("/admin/account/").content
    client.post("/admin/account/", {"locale-preferred_language": "de", "locale-current_time_zone": "localtime"})
    assert UserProfile.objects.get(user=press).get_current_time_zone() == settings.TIME_ZONE
