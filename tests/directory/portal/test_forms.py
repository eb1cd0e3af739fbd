"""The short forms: what is typed comes into the draft, what is wrong is said beside its field."""

from typing import Any

import pytest
from django.test import Client

from directory.models import OrganisationPage
from directory.records.record import record_of
from tests import factories, webpages
from tests.directory.portal.conftest import Address, drafted, errors, filled, open_form, send

pytestmark = pytest.mark.django_db
LONG = "a" * 10_000


@pytest.mark.parametrize("form", ["about", "contact", "topics", "address"])
@pytest.mark.parametrize("language", ["de", "ar", "de-simple"])
def test_saving_without_a_change_makes_no_revision(
    member: Client, address: Address, verein: OrganisationPage, form: str, language: str
) -> None:
    answer = send(member, address(form, language))
    assert answer.status_code == 302, errors(answer)
    assert answer["Location"] == address(language=language)
    verein.refresh_from_db()
    assert (verein.revisions.count(), verein.has_unpublished_changes) == (1, False)  # the one with which forms begin


@pytest.mark.parametrize("form", ["about", "contact", "topics", "address", "offers", "pictures"])
@pytest.mark.parametrize("language", ["de", "ar"])
def test_every_form_is_valid_html(member: Client, address: Address, form: str, language: str) -> None:
    assert webpages.faults(webpages.html(member.get(address(form, language)))) == []


def test_a_new_telephone_number_comes_into_the_draft_only(
    member: Client, address: Address, verein: OrganisationPage
) -> None:
    assert send(member, address("contact"), phone="02331 999-1").status_code == 302
    assert drafted(verein).phone == "+4923319991"
    verein.refresh_from_db()
    assert verein.phone == "+4923312070"


def test_the_revision_is_the_members(member: Client, address: Address, verein: OrganisationPage, user: Any) -> None:
    send(member, address("contact"), email="post@verein.example")
    verein.refresh_from_db()
    assert verein.latest_revision.user == user


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("www.verein.example", "https://www.verein.example"),
        ("https://verein.example/über-uns", "https://verein.example/über-uns"),
        ("", ""),
    ],
)
def test_a_website_may_be_written_as_people_do(
    member: Client, address: Address, verein: OrganisationPage, typed: str, stored: str
) -> None:
    send(member, address("contact"), website=typed)
    assert drafted(verein).website == stored


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "data:text/html,<p>x", "JaVaScRiPt://x.example/%0aalert(1)", "ftp://x.example", "x y"],
)
@pytest.mark.parametrize("field", ["website", "social_link_0"])
def test_a_link_that_is_none_is_refused_and_stays_typed(
    member: Client, address: Address, verein: OrganisationPage, field: str, link: str
) -> None:
    answer = send(member, address("contact"), **{field: link, "email": "neu@verein.example"})
    assert answer.status_code == 422
    page = webpages.read(answer)
    assert page.find(attrs={"name": field})["value"] == link
    assert page.find(attrs={"name": "email"})["value"] == "neu@verein.example"
    assert len(errors(answer)) == 1
    assert drafted(verein).email == ""


def test_links_of_social_media_are_rows(member: Client, address: Address, verein: OrganisationPage) -> None:
    send(member, address("contact"), social_link_0="instagram.com/a", social_link_3="https://facebook.com/b")
    assert [link.value for link in drafted(verein).social_links] == [
        "https://instagram.com/a",
        "https://facebook.com/b",
    ]
    send(member, address("contact"), social_link_0="")
    assert [link.value for link in drafted(verein).social_links] == ["https://facebook.com/b"]


def test_a_wrong_telephone_number_is_explained_in_the_readers_language(member: Client, address: Address) -> None:
    answer = send(member, address("contact", "ar"), phone="12")
    assert answer.status_code == 422
    page = webpages.read(answer)
    assert page.find(attrs={"name": "phone"})["value"] == "12"
    [error] = errors(answer)
    assert "02331 207-0" in error
    assert "telephone" not in error


@pytest.mark.parametrize("name", ["title", "native_name", "short_description"])
def test_a_name_that_is_far_too_long_is_refused(
    member: Client, address: Address, verein: OrganisationPage, name: str
) -> None:
    answer = send(member, address("about"), **{name: LONG})
    assert answer.status_code == 422
    assert filled(webpages.read(answer))[name] == LONG
    assert len(errors(answer)) == 1


@pytest.mark.parametrize("name", ["Verein 🎉 <b>", "جمعية الجسر & Brücke e.V.", "Общество abc", "Çiğdem 한글"])
def test_names_of_every_script_are_kept_as_they_are(
    member: Client, address: Address, verein: OrganisationPage, name: str
) -> None:
    send(member, address("about"), title=name)
    assert drafted(verein).title == name
    assert member.get(address()).status_code == 200


def test_line_breaks_in_a_name_become_spaces(member: Client, address: Address, verein: OrganisationPage) -> None:
    send(member, address("about"), title=" Verein\r\nBcc: x@example.org\t e.V. ")
    assert drafted(verein).title == "Verein Bcc: x@example.org e.V."


@pytest.mark.parametrize("sign", ["\0", "\u202e", "\u200b"])
def test_signs_that_nobody_sees_are_dropped(
    member: Client, address: Address, verein: OrganisationPage, sign: str
) -> None:
    assert send(member, address("about"), title=f"Ver{sign}ein").status_code == 302
    assert drafted(verein).title == "Verein"
    assert send(member, address("about"), title=sign).status_code == 422


def test_an_empty_name_is_refused(member: Client, address: Address) -> None:
    assert send(member, address("about"), title=" ").status_code == 422


def test_typed_paragraphs_become_rich_text(member: Client, address: Address, verein: OrganisationPage) -> None:
    send(member, address("about"), about="Wir <b>singen</b>.\r\n\r\n- Chor\r\n- Tanz")
    assert drafted(verein).about == "<p>Wir &lt;b&gt;singen&lt;/b&gt;.</p><ul><li>Chor</li><li>Tanz</li></ul>"


def test_links_of_the_press_office_stay_in_what_is_not_changed(
    member: Client, address: Address, verein: OrganisationPage
) -> None:
    verein.about = '<p>Wir <b>singen</b> im <a href="https://chor.example">Chor</a>.</p><p>Montags.</p>'
    verein.save()
    page = webpages.read(member.get(address("about")))
    assert "Links oder fette Wörter" in page.find(id="id_about_helptext").text
    text = open_form(member, address("about"))["about"]
    send(member, address("about"), about=text.replace("Montags", "Dienstags"))
    assert drafted(verein).about == verein.about.replace("Montags", "Dienstags")


def test_own_words_need_their_language(member: Client, address: Address) -> None:
    answer = send(member, address("about"), own_about="Bir dernek", native_language="")
    assert answer.status_code == 422
    assert len(errors(answer)) == 1


@pytest.mark.parametrize("language", ["xx", "de", "<script>"])
def test_a_forged_language_is_refused(member: Client, address: Address, language: str) -> None:
    assert send(member, address("about"), native_language=language).status_code == 422


def test_topics_and_languages_are_ticked(member: Client, address: Address, verein: OrganisationPage) -> None:
    music, sport = factories.topic("musik"), factories.topic("sport")
    send(member, address("topics"), topics=[music.pk, sport.pk], languages_spoken=["de", "ku"])
    draft = drafted(verein)
    assert {topic.key for topic in draft.topics.all()} == {"musik", "sport"}
    assert {language.code for language in draft.languages_spoken.all()} == {"de", "ku"}


def test_chosen_languages_are_shown_without_opening_the_others(
    member: Client, address: Address, verein: OrganisationPage
) -> None:
    send(member, address("topics"), languages_spoken=["ku"])
    page = webpages.read(member.get(address("topics")))
    assert page.find("input", value="ku").find_parent("details") is None
    assert page.find("input", value="sw").find_parent("details") is not None


@pytest.mark.parametrize("forged", [{"topics": ["999999"]}, {"topics": ["x"]}, {"languages_spoken": ["xx"]}])
def test_forged_choices_are_refused(member: Client, address: Address, forged: dict[str, Any]) -> None:
    assert send(member, address("topics"), **forged).status_code == 422


def test_a_district_of_another_site_cannot_be_chosen(member: Client, address: Address) -> None:
    elsewhere = factories.district(factories.municipality("Anderswo", hostname="anderswo.example"), "fern")
    assert send(member, address("address"), district=elsewhere.pk).status_code == 422


def test_a_point_is_pasted_and_shown_on_the_public_page_as_a_link(
    member: Client, address: Address, verein: OrganisationPage
) -> None:
    send(
        member,
        address("address"),
        street="Lange Str. 1",
        point="https://www.openstreetmap.org/?mlat=51.35832&mlon=7.47441#map=19/51.35832/7.47441",
    )
    draft = drafted(verein)
    assert (str(draft.latitude), str(draft.longitude)) == ("51.35832", "7.47441")
    assert open_form(member, address("address"))["point"] == "51.35832, 7.47441"
    assert "mlat=51.35832&mlon=7.47441" in draft.map_link


@pytest.mark.parametrize("point", ["irgendwo", "999.5, 7.4", "51"])
def test_what_is_no_point_is_explained(member: Client, address: Address, point: str) -> None:
    answer = send(member, address("address"), point=point)
    assert answer.status_code == 422
    assert len(errors(answer)) == 1


def test_fields_that_no_form_has_change_nothing(member: Client, address: Address, verein: OrganisationPage) -> None:
    send(
        member,
        address("contact"),
        email="neu@verein.example",
        slug="gekapert",
        live="",
        owner="1",
        title="Gekapert",
        is_example="on",
        locked="on",
        path="0001",
    )
    draft = drafted(verein)
    assert (draft.slug, draft.title, draft.is_example, draft.locked) == (verein.slug, "Verein A", False, False)


def test_trusted_organisations_publish_facts_at_once(
    member: Client, address: Address, verein: OrganisationPage
) -> None:
    record = record_of(verein)
    record.is_trusted = True
    record.save()
    send(member, address("contact"), phone="02331 999-1")
    send(member, address("address"), point="51.35832, 7.47441")
    send(member, address("about"), short_description="Neue Worte")
    verein.refresh_from_db()
    assert (verein.phone, str(verein.latitude), verein.short_description) == ("+4923319991", "51.35832", "")
    assert drafted(verein).short_description == "Neue Worte"
