"""The reviewers' screens: what waits, what would change, and each decision, by real requests."""

import datetime as dt
import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.text import capfirst
from wagtail import blocks
from wagtail.models import Site

from cms.accounts import User
from directory.members import membership
from directory.models import DirectoryPage, Offer, OrganisationPage
from directory.review import differences, meaning, moderation, queue
from tests import factories, webpages
from tests.directory.review import moderating
from tests.directory.review.moderating import current, draft_of, kind, sent, write

pytestmark = pytest.mark.django_db
QUEUE = "/admin/organisations/review/"


@pytest.fixture
def site(db: None) -> Site:
    return factories.municipality()


@pytest.fixture
def club(site: Site) -> OrganisationPage:
    return moderating.published(site, slug="verein", about="<p>Wir treffen uns <b>montags</b>.</p>")


@pytest.fixture
def member(club: OrganisationPage) -> User:
    return factories.member(club)


@pytest.fixture
def press(client: Client) -> User:
    user = factories.press()
    client.force_login(user)
    return user


def address(club: OrganisationPage) -> str:
    return f"{QUEUE}{club.pk}/"


def shown(image: Any, alt_text: str) -> dict[str, Any]:
    return {"image": image, "alt_text": alt_text, "decorative": False, "caption": ""}


def decide(client: Client, club: OrganisationPage, **fields: Any) -> Any:
    shown = webpages.read(client.get(address(club)))
    revision = shown.html.select_one("[name=revision]")["value"]
    return client.post(address(club), {"revision": revision, **fields}, follow=True)


# What waits


def test_the_queue_says_what_waits_oldest_first(
    club: OrganisationPage, member: User, press: User, client: Client
) -> None:
    other = factories.organisation(DirectoryPage.objects.get(), "Zweiter", live=False)
    sent(club, member, short_description="Neu", phone="+4923312070")
    sent(other, factories.member(other))
    items = [webpages.text(item) for item in webpages.read(client.get(QUEUE)).html.select(".rv-item")]
    assert len(items) == 2
    assert "Verein" in items[0] and "Kurzbeschreibung" in items[0] and member.email in items[0]
    assert "Zweiter" in items[1]


def test_an_empty_queue_says_so(press: User, club: OrganisationPage, client: Client) -> None:
    assert webpages.read(client.get(QUEUE)).html.select(".rv-item") == []


@pytest.mark.parametrize("count", [3, 30])
def test_the_queue_takes_the_same_number_of_queries(
    club: OrganisationPage, member: User, press: User, client: Client, count: int
) -> None:
    for number in range(count):
        another = factories.organisation(DirectoryPage.objects.get(), f"Verein {number}", short_description="Alt")
        another.save_revision(clean=False).publish()
        sent(another, member, short_description="Neu")
    client.get(QUEUE)
    with CaptureQueriesContext(connection) as queries:
        client.get(QUEUE)
    assert len(queries) <= 30
    previous = QUERIES.setdefault("queue", len(queries))
    assert len(queries) == previous


QUERIES: dict[str, int] = {}


def test_the_first_page_and_the_menu_say_how_much_waits(
    club: OrganisationPage, member: User, press: User, client: Client
) -> None:
    sent(club, member, short_description="Neu")
    home = client.get("/admin/").content.decode()
    assert address(club) in home
    assert r"Zu pr\u00fcfen (1)" in home  # the menu is JSON


@pytest.mark.parametrize("role", ["member", "KI", "translator", "visitor"])
def test_the_queue_opens_for_reviewers_only(club: OrganisationPage, member: User, client: Client, role: str) -> None:
    sent(club, member, short_description="Neu")
    if role != "visitor":
        people = {"member": lambda: member, "KI": factories.ki, "translator": lambda: factories.translator("ar")}
        client.force_login(people[role]())
    for path in (QUEUE, address(club)):
        assert client.get(path).status_code in (302, 403)
        client.post(path, {"revision": current(club).latest_revision_id, "action": "approve", "comment": "x"})
    assert kind(club) == "waiting"


def test_the_queue_names_only_what_somebody_has_changed(
    club: OrganisationPage, member: User, press: User, client: Client
) -> None:
    """The public version is older than a field, its rows have got numbers since, its blocks have other keys."""
    draft = draft_of(club)
    draft.social_links = [("link", "https://social.example.org/verein")]
    draft.offers = [Offer(what="Café", weekday=0, starts=dt.time(10, 30), locale_id=club.locale_id)]
    public = draft.save_revision(user=press)
    public.publish()
    del public.content["pictures"], public.content["is_example"], public.content["show_in_menus"]
    public.save(update_fields=["content"])
    draft = draft_of(club)
    draft.website = "https://neu.example.org/"
    revision = draft.save_revision(user=member)
    links = json.loads(revision.content["social_links"])
    revision.content["social_links"] = json.dumps([{**link, "id": "other"} for link in links])
    revision.save(update_fields=["content"])
    moderation.submit(page=club, user=member)
    (waiting,) = queue.waiting_for(press)
    assert waiting.changed == [capfirst(str(OrganisationPage._meta.get_field("website").verbose_name))]
    draft = draft_of(club)
    offer = draft.offers.first()
    offer.weekday = 1
    draft.offers = [offer]
    content = draft.serializable_data()
    assert "offers" in meaning.changed(OrganisationPage, public.content, content)


@pytest.mark.parametrize(
    ("kind", "value", "read"),
    [
        (blocks.ListBlock(blocks.CharBlock()), ["Tee", "Kaffee"], "– Tee\n– Kaffee"),
        (blocks.StructBlock([("day", blocks.ChoiceBlock(choices=[("1", "Dienstag")]))]), {"day": "1"}, "Dienstag"),
        (blocks.StructBlock([("free", blocks.BooleanBlock(label="kostenlos"))]), {"free": True}, "kostenlos"),
        (
            blocks.StreamBlock([("list", blocks.ListBlock(blocks.StructBlock([("what", blocks.CharBlock())])))]),
            [{"type": "list", "value": [{"what": "Tanz"}]}],
            "– Tanz",
        ),
    ],
    ids=["list", "choice", "yes", "nested"],
)
def test_blocks_are_read_as_people_read_them(kind: blocks.Block, value: Any, read: str) -> None:
    assert differences._block_value(kind, kind.to_python(value)) == read


def test_what_was_said_before_is_shown_the_second_time(
    club: OrganisationPage, member: User, press: User, client: Client
) -> None:
    sent(club, member, short_description="Neu")
    decide(client, club, action="changes", comment="Bitte mit Hausnummer.")
    sent(club, member, short_description="Neuer")
    assert "Bitte mit Hausnummer." in webpages.text(webpages.read(client.get(address(club))).html)


# One submission


def test_words_are_compared_side_by_side(club: OrganisationPage, member: User, press: User, client: Client) -> None:
    sent(club, member, about="<p>Wir treffen uns <b>dienstags</b>.</p>")
    page = webpages.read(client.get(address(club))).html
    assert [webpages.text(found) for found in page.select("del")] == ["montags"]
    assert [webpages.text(found) for found in page.select("ins")] == ["dienstags"]


def test_every_kind_of_field_is_shown(club: OrganisationPage, member: User, press: User, client: Client) -> None:
    old, new = factories.picture("Alt"), factories.picture("Neu", credit="Foto: Neu")
    write(club, press, logo=old, pictures=[("picture", shown(old, "Fest"))]).publish()
    draft = draft_of(club)
    draft.topics = [factories.topic("sprache", de="Sprache lernen")]
    draft.logo, draft.step_free, draft.website = new, "yes", "https://neu.example.org/"
    draft.pictures = [("picture", shown(new, "Chor"))]
    draft.social_links = [("link", "https://social.example.org/verein")]
    draft.offers = [Offer(what="Café", weekday=3, starts=dt.time(10, 30), locale_id=club.locale_id)]
    draft.save_revision(user=member)
    moderation.submit(page=club, user=member)
    page = webpages.read(client.get(address(club))).html
    text = webpages.text(page)
    for words in (
        "Sprache lernen",
        "neu.example.org",
        "social.example.org",
        "Café",
        "10:30",
        "Mittwoch",
        "Chor",
        "Foto: Neu",
    ):
        assert words in text
    assert len(page.select(".rv-side img")) == 4


def test_what_no_place_in_the_editor_shows_is_shown_all_the_same(
    club: OrganisationPage, member: User, press: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(OrganisationPage, "content_panels", OrganisationPage.content_panels[:1])
    sent(club, member, teaser="Nur hier", show_in_menus=True)
    assert "Nur hier" in webpages.text(webpages.read(client.get(address(club))).html)


def test_markup_that_a_member_typed_is_text(club: OrganisationPage, member: User, press: User, client: Client) -> None:
    sent(club, member, short_description="<script>alert(1)</script>", title="<img src=x onerror=alert(1)>")
    answer = client.get(address(club)).content.decode() + client.get(QUEUE).content.decode()
    assert "<script>alert(1)" not in answer
    assert "<img src=x" not in answer


def test_approving_publishes(club: OrganisationPage, member: User, press: User, client: Client) -> None:
    sent(club, member, short_description="Neu")
    decide(client, club, action="approve")
    assert (kind(club), current(club).short_description) == ("live", "Neu")


@pytest.mark.parametrize(("action", "expected"), [("changes", "changes_requested"), ("reject", "rejected")])
def test_saying_no_needs_a_comment(
    club: OrganisationPage, member: User, press: User, client: Client, action: str, expected: str
) -> None:
    sent(club, member, short_description="Neu")
    assert decide(client, club, action=action, comment=" ").status_code == 422
    assert kind(club) == "waiting"
    decide(client, club, action=action, comment="Bitte kürzer.")
    assert (kind(club), moderation.state_of(current(club)).comment) == (expected, "Bitte kürzer.")


def test_what_was_typed_stays_when_something_newer_was_sent(
    club: OrganisationPage, member: User, press: User, client: Client
) -> None:
    seen = sent(club, member, short_description="Neu")
    sent(club, member, short_description="Neuer")
    answer = client.post(address(club), {"revision": seen.pk, "action": "changes", "comment": "Mein Kommentar"})
    assert "Mein Kommentar" in answer.content.decode()
    assert kind(club) == "waiting"
    client.post(address(club), {"revision": seen.pk, "action": "approve"})
    assert current(club).short_description == "Alt"


@pytest.mark.parametrize(
    "fields",
    [{}, {"revision": "x"}, {"revision": "1", "action": "delete"}, {"revision": "9" * 30, "action": "approve"}],
)
def test_forged_decisions_change_nothing(
    club: OrganisationPage, member: User, press: User, client: Client, fields: dict[str, str]
) -> None:
    sent(club, member, short_description="Neu")
    assert client.post(address(club), fields).status_code in (200, 422)
    assert kind(club) == "waiting"


def test_what_is_decided_already_leads_back_to_the_queue(
    club: OrganisationPage, member: User, press: User, client: Client
) -> None:
    seen = sent(club, member, short_description="Neu")
    moderation.withdraw(page=club, user=member)
    for answer in (
        client.get(address(club)),
        client.post(address(club), {"revision": seen.pk, "action": "approve"}),
    ):
        assert answer["Location"] == QUEUE
    assert client.get(f"{QUEUE}999999/", follow=True).status_code == 404


def test_ones_own_submission_is_shown_without_buttons(club: OrganisationPage, client: Client) -> None:
    both = factories.press()
    membership.join(organisation=club, user=both)
    client.force_login(both)
    seen = sent(club, both, short_description="Neu")
    assert webpages.read(client.get(address(club))).html.select("[name=action]") == []
    client.post(address(club), {"revision": seen.pk, "action": "approve"})
    client.post(
        reverse(
            "wagtailadmin_pages:workflow_action",
            args=[club.pk, "approve", current(club).current_workflow_state.current_task_state_id],
        )
    )
    assert current(club).short_description == "Alt"


def test_the_log_of_a_page_says_who_decided(club: OrganisationPage, member: User, press: User, client: Client) -> None:
    sent(club, member, short_description="Neu")
    decide(client, club, action="changes", comment="Bitte kürzer.")
    history = client.get(reverse("wagtailadmin_pages:history", args=[club.pk])).content.decode()
    assert "Bitte kürzer." in history
    assert member.email in history
