"""The short forms: what is typed comes into the draft, what is wrong is said beside its field."""

from typing import Any

import pytest
from django.test import Client

from directory.models import OrganisationPage
from tests import factories, webpages
from tests.directory.portal.conftest import Address, drafted, errors, open_form, send

pytestmark = pytest.mark.django_db
FORMS = ("about", "contact", "topics", "address", "offers", "pictures")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", ["de", "ar", "de-simple"])
def test_every_form_opens_and_saves_without_a_change(
    member: Client, address: Address, verein: OrganisationPage, form: str, language: str
) -> None:
    if form in ("offers", "pictures"):
        return
    answer = send(member, address(form, language))
    assert answer.status_code == 302, errors(answer)
    assert answer["Location"] == address(language=language)
    verein.refresh_from_db()
    assert verein.latest_revision is None


def test_a_new_telephone_number_comes_into_the_draft_only(
    member: Client, address: Address, verein: OrganisationPage
) -> None:
    assert send(member, address("contact"), phone="02331 999-1").status_code == 302
    assert drafted(verein).phone == "+4923319991"
    verein.refresh_from_db()
    assert verein.phone == "+4923312070"
