"""Logo and pictures: always new ones, in the collection of the organisation, and only from there."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image as Canvas

from cms.media import Image
from directory.models import OrganisationPage
from directory.portal import own_pictures
from directory.portal.own_pictures import collection_of, remove_unused
from tests import factories, webpages
from tests.directory.portal.conftest import Address, drafted, errors, open_form, send, send_all
from tests.directory.portal.photos import upload

pytestmark = pytest.mark.django_db
WORDS = {"pictures-0-alt_text": "Ein Chor auf einer Bühne", "pictures-0-credit": "Aylin Demir"}


def new(**changes: Any) -> dict[str, Any]:
    return {"pictures-0-file": upload(), **WORDS, **changes}


def pictures(verein: OrganisationPage) -> list[Any]:
    return [block.value for block in drafted(verein).pictures]


def test_a_photograph_comes_into_the_draft_upright_and_without_its_place(
    member: Client, address: Address, verein: OrganisationPage, user: Any
) -> None:
    answer = send(member, address("pictures"), **new(**{"pictures-0-focus": "21"}))
    assert answer.status_code == 302, errors(answer)
    [picture] = pictures(verein)
    image = picture["image"]
    assert picture["alt_text"] == "Ein Chor auf einer Bühne"
    assert (image.credit, image.uploaded_by_user, image.collection) == ("Aylin Demir", user, collection_of(verein))
    assert (image.width, image.height) == (300, 400)
    assert (image.focal_point_x, image.focal_point_y) == (250, 200)
    assert "IMG" not in image.file.name
    with image.file.open() as file, Canvas.open(file) as stored:
        assert not stored.getexif()
    verein.refresh_from_db()
    assert not verein.pictures


@pytest.mark.parametrize("missing", ["pictures-0-alt_text", "pictures-0-credit"])
def test_a_file_is_not_lost_when_something_else_is_missing(
    member: Client, address: Address, verein: OrganisationPage, missing: str
) -> None:
    answer = send(member, address("pictures"), **new(**{missing: ""}))
    assert answer.status_code == 422
    assert len(errors(answer)) == 1
    page = webpages.read(answer)
    number = page.find(attrs={"name": "pictures-0-image"})["value"]
    assert page.find(attrs={"name": "pictures-0-file"}) is None
    send(member, address("pictures"), **{"pictures-0-image": number, **WORDS})
    [picture] = pictures(verein)
    assert (picture["image"].pk, picture["image"].credit) == (int(number), "Aylin Demir")


def test_sent_twice_it_is_one_picture(member: Client, address: Address, verein: OrganisationPage) -> None:
    data = open_form(member, address("pictures"))
    for _ in range(2):
        assert member.post(address("pictures"), {**data, **new()}).status_code == 302
    assert len(pictures(verein)) == 1
    assert Image.objects.count() == 1


@pytest.mark.parametrize(
    "content", [b"", b"<html><script>", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\xff\xd8\xff\xe0 broken"]
)
def test_what_is_no_picture_is_refused(
    member: Client, address: Address, verein: OrganisationPage, content: bytes
) -> None:
    answer = send(member, address("pictures"), **new(**{"pictures-0-file": upload("bild.jpg", content)}))
    assert answer.status_code == 422
    assert webpages.read(answer).find(attrs={"name": "pictures-0-alt_text"})["value"] == WORDS["pictures-0-alt_text"]
    assert Image.objects.count() == 0


def test_a_picture_of_somebody_else_cannot_be_shown(
    member: Client, address: Address, verein: OrganisationPage, other: OrganisationPage
) -> None:
    for foreign in (factories.picture(), factories.picture(collection=collection_of(other))):
        answer = send(member, address("pictures"), **{"pictures-0-image": foreign.pk, **WORDS})
        assert answer.status_code == 422
        assert foreign.file.url not in webpages.html(answer)
    assert pictures(verein) == []


@pytest.mark.parametrize("number", ["x", "-1", "999999999999999999999", "١"])
def test_a_forged_number_of_a_picture_is_refused(member: Client, address: Address, number: str) -> None:
    assert send(member, address("pictures"), **{"pictures-0-image": number, **WORDS}).status_code == 422


def test_a_picture_that_the_press_office_has_chosen_stays_as_it_is(
    member: Client, address: Address, verein: OrganisationPage
) -> None:
    chosen = factories.picture(credit="")
    block = {"type": "picture", "value": {"image": chosen.pk, "alt_text": "Saal", "decorative": False, "caption": ""}}
    verein.pictures = verein.pictures.stream_block.to_python([block])
    verein.save()
    answer = send(member, address("pictures"), **{"pictures-0-caption": "Unser Saal", "pictures-0-credit": "Ich"})
    assert answer.status_code == 302, errors(answer)
    [picture] = pictures(verein)
    assert (picture["image"], picture["caption"], picture["image"].credit) == (chosen, "Unser Saal", "")


def test_the_credit_of_a_public_picture_cannot_be_changed(
    member: Client, address: Address, verein: OrganisationPage
) -> None:
    send(member, address("pictures"), **new())
    verein.refresh_from_db()
    verein.latest_revision.publish()
    send(member, address("pictures"), **{"pictures-0-credit": "Gekapert", "pictures-0-focus": "00"})
    image = Image.objects.get()
    assert (image.credit, image.focal_point_x) == ("Aylin Demir", 150)


def test_a_picture_is_taken_away_from_the_draft_and_its_file_stays(
    member: Client, address: Address, verein: OrganisationPage
) -> None:
    send(member, address("pictures"), **new())
    send(member, address("pictures"), act="pictures-remove-0")
    assert pictures(verein) == []
    assert Image.objects.count() == 1


def test_a_logo_is_set_and_taken_away(member: Client, address: Address, verein: OrganisationPage) -> None:
    send(member, address("pictures"), logo_file=upload())
    assert drafted(verein).logo.collection == collection_of(verein)
    verein.refresh_from_db()
    assert verein.logo is None
    send(member, address("pictures"), remove_logo="on")
    assert drafted(verein).logo is None


def test_there_is_room_for_so_many_and_no_more(
    member: Client, address: Address, verein: OrganisationPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    from directory.portal import pictures as form

    monkeypatch.setattr(form, "MOST_PICTURES", 1)
    send(member, address("pictures"), **new())
    answer = send(member, address("pictures"), logo_file=upload(colour="red"))
    assert answer.status_code == 422
    assert Image.objects.count() == 1


def test_one_that_came_too_late_is_said_at_its_file(
    member: Client, address: Address, verein: OrganisationPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_pictures, "MOST_PICTURES", 0)  # as if others had come while this one was decoded
    for data in (new(), {"logo_file": upload(colour="red")}):
        answer = send(member, address("pictures"), **data)
        assert answer.status_code == 422
        assert len(errors(answer)) == 1
    assert Image.objects.count() == 0


# What nobody needs any more


@pytest.fixture
def old(verein: OrganisationPage) -> Any:
    """Makes a picture of the organisation that was uploaded 31 days ago."""

    def make() -> Image:
        image = factories.picture(collection=collection_of(verein))
        Image.objects.filter(pk=image.pk).update(created_at=timezone.now() - dt.timedelta(days=31))
        return image

    return make


def test_unused_pictures_go_after_thirty_days(verein: OrganisationPage, old: Any) -> None:
    unused, fresh, citys = old(), factories.picture(collection=collection_of(verein)), factories.picture()
    Image.objects.filter(pk=citys.pk).update(created_at=timezone.now() - dt.timedelta(days=31))
    assert remove_unused() == 1
    assert set(Image.objects.all()) == {fresh, citys}
    assert unused not in Image.objects.all()


def test_pictures_that_are_public_drafted_or_under_review_stay(
    member: Client, address: Address, verein: OrganisationPage, old: Any
) -> None:
    public, sent, drafted_ = old(), old(), old()
    verein.logo = public
    verein.save()
    verein.logo = sent
    verein.save_revision()
    assert send_all(member, address("submit")).status_code == 302
    assert verein.workflow_states.exists()
    verein.logo = drafted_
    verein.save_revision()
    assert remove_unused() == 0


def test_it_is_done_once_a_day(old: Any) -> None:
    old()
    own_pictures.remove_unused_once_a_day()
    old()
    own_pictures.remove_unused_once_a_day()
    assert Image.objects.count() == 1
