"""RFC 9116: where to report a hole."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from cms import checks
from cms.open_data.licence import OpenDataSettings
from tests import factories

pytestmark = pytest.mark.django_db
ADDRESS = "/.well-known/security.txt"


def fields(client: Client) -> dict[str, str]:
    response = client.get(ADDRESS)
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert not response.cookies
    return dict(line.split(": ", 1) for line in response.content.decode().splitlines())


def test_without_an_address_there_is_none_and_the_operator_is_told(client: Client) -> None:
    site = factories.municipality()
    assert client.get(ADDRESS).status_code == 404
    assert [found.id for found in checks.holes_can_be_told()] == ["cms.W004"]
    OpenDataSettings.objects.create(site=site, security_email="sicherheit@stadt.example")
    assert checks.holes_can_be_told() == []
    assert client.get(ADDRESS).status_code == 200


@pytest.mark.parametrize("day", [(2026, 1, 1), (2026, 2, 28), (2026, 12, 31), (2028, 2, 29)])
def test_it_says_what_the_site_has_set_and_never_expires_soon(
    client: Client, day: tuple[int, int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    site = factories.municipality()
    OpenDataSettings.objects.create(
        site=site, security_email="sicherheit@stadt.example", security_policy="https://stadt.example/sicherheit"
    )
    today = dt.date(*day)
    monkeypatch.setattr(timezone, "localdate", lambda *_args, **_named: today)
    said = fields(client)
    assert said["Contact"] == "mailto:sicherheit@stadt.example"
    assert said["Policy"] == "https://stadt.example/sicherheit"
    assert said["Canonical"] == f"http://testserver{ADDRESS}"
    assert said["Preferred-Languages"] == "de, en"
    left = dt.datetime.fromisoformat(said["Expires"]).date() - today
    assert dt.timedelta(days=140) < left < dt.timedelta(days=365)
