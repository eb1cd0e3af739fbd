"""The screens of members speak one language: theirs."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from directory.models import OrganisationPage
from directory.portal import parts
from directory.portal.own_parts import OWN_PARTS
from tests import webpages
from tests.directory.portal.conftest import Address

pytestmark = pytest.mark.django_db
NAMES = ["organisation", *(part.url_name.removeprefix("my_") for part, _form in OWN_PARTS), "event_add"]


def sentences(client: Client, address: str, own: str) -> set[str]:
    """What of two words or more is said on the screen and its refusal, apart from names."""
    wrong = {"pictures-0-file": SimpleUploadedFile("x.gif", b"x"), "logo_file": SimpleUploadedFile("y.svg", b"<svg/>")}
    said = set()
    for answer in (client.get(address), client.post(address, wrong)):
        page = webpages.read(answer) if answer.status_code != 302 else None
        for text, element in webpages.passages(page) if page else ():
            is_theirs = webpages.language_of(element)[0] == page.html["lang"] and element.find_parent("main")
            if is_theirs and " " in text.strip() and own not in text:
                said.add(text.strip())
    return said


@pytest.mark.parametrize("code", ["tr", "ar"])
def test_no_sentence_is_left_in_german(member: Client, verein: OrganisationPage, address: Address, code: str) -> None:
    """Nor in English, which German and the others would have in common."""
    assert parts.registered()
    for name in NAMES:
        theirs, german = (sentences(member, address(name, each), verein.title) for each in (code, "de"))
        assert theirs
        assert theirs & german == set()
