"""Which names are ours, however they are spelt."""

import pytest
from django.conf import LazySettings

from dates.calendar_import.own import is_own_host
from tests import factories

pytestmark = pytest.mark.django_db
OURS = [
    "miteinander.hagen.example",
    "MITEINANDER.Hagen.example.",
    "www.miteinander.hagen.example",
    "miteinander.hagen.example:443",
    "miteinander.hagen.example.:8000",
    "m%69teinander.hagen.example",
    "alt.example",  # a name of former times that still answers
    "stadt.example",
    "auch.unter.stadt.example.",
    "verwaltung.example",
    "xn--mnchen-3ya.example",
    "münchen.example",
    "MÜNCHEN.example:443",
    "nord.münchen.example",
]
OTHERS = [
    "verein.example",
    "hagen.example",
    "miteinander.hagen.example.evil.example",
    "notstadt.example",
    "alt.example:8443",
    "unter.alt.example",
    "",
    ".",
    "*",
    "a" * 70 + ".example",
]


@pytest.fixture
def _names(settings: LazySettings, db: None) -> None:
    factories.municipality(hostname="Miteinander.hagen.example")
    settings.ALLOWED_HOSTS = ["alt.example", ".stadt.example", ".münchen.example", "*"]
    settings.WAGTAILADMIN_BASE_URL = "https://Verwaltung.example/"


@pytest.mark.usefixtures("_names")
@pytest.mark.parametrize("name", OURS)
def test_a_name_of_ours_is_known_in_any_spelling(name: str) -> None:
    assert is_own_host(name)


@pytest.mark.usefixtures("_names")
@pytest.mark.parametrize("name", OTHERS)
def test_the_name_of_another_is_not_ours(name: str) -> None:
    assert not is_own_host(name)
