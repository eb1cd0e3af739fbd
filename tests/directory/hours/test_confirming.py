"""Who is asked whether everything is still correct sees the hours, too."""

import pytest
from django.test import Client

from directory.models import OrganisationPage
from directory.profile_checks.confirmation import Link
from directory.records.record import record_of
from tests import webpages

pytestmark = pytest.mark.django_db


def test_the_link_of_a_reminder_shows_the_week(client: Client, verein: OrganisationPage) -> None:
    page = webpages.read(client.get(f"/en/still-correct/{Link.to(verein, record_of(verein)).token}/"))
    assert "09:00–12:00" in webpages.text(page.select_one(".hours"))
