"""The way of a translation from its author to the reviewer and back: what is said, who is told, who may do what."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from cms.accounts import User, roles
from tests import factories, letters
from tests.translations import content
from translations.models import TranslationState
from translations.review import acts
from translations.review.models import Act, ReviewAct

pytestmark = pytest.mark.django_db


class Desk:
    """An article with an Arabic draft, its translator and a reviewer, both at the screen."""

    def __init__(self) -> None:
        self.page = content.article()
        self.translator = factories.translator("ar")
        self.reviewer = factories.press()
        User.objects.update(preferred_language="en")
        content.save(self.page, user=self.translator)
        self.clients = {user.pk: Client() for user in (self.translator, self.reviewer)}
        for user in (self.translator, self.reviewer):
            self.clients[user.pk].force_login(user)

    @property
    def address(self) -> str:
        return f"/admin/pages/{content.translation(self.page).pk}/edit/"

    def soup(self, user: User) -> BeautifulSoup:
        return BeautifulSoup(self.clients[user.pk].get(self.address).content, "html.parser")

    def standing(self, user: User | None = None) -> str:
        return str(self.soup(user or self.translator).select_one(".tr-standing")["data-standing"])

    def press(self, user: User, action: str, **fields: str) -> Any:
        """Opens the workbench and presses a button; ``first`` is typed into the first sentence."""
        form = {field["name"]: field.get("value", "") for field in self.soup(user).select(".tr-form [type=hidden]")}
        if "first" in fields:
            name = next(name for name in form if name.startswith("seen-")).removeprefix("seen-")
            form[name] = fields.pop("first")
        return self.clients[user.pk].post(self.address, {**form, "action": action, **fields}, follow=True)

    def told(self, answer: Any) -> str:
        return " ".join(str(message) for message in answer.context["messages"])

    @property
    def state(self) -> str:
        return str(content.status(self.page).state)

    def acts(self) -> list[str]:
        return list(ReviewAct.objects.order_by("pk").values_list("act", flat=True))


@pytest.fixture
def desk() -> Desk:
    return Desk()


def mails_to(user: User) -> list[Any]:
    return [mail for mail in letters.delivered() if user.email in mail.to]


def test_saving_after_sending_says_that_it_is_withdrawn_and_offers_to_send_again(desk: Desk) -> None:
    desk.press(desk.translator, "submit")
    assert (desk.state, desk.standing()) == (TranslationState.REVIEW, "review")
    answer = desk.press(desk.translator, "save", first="عنوان")
    assert "zurückgezogen" in self_told(answer)
    assert (desk.state, desk.standing()) == (TranslationState.DRAFT, "withdrawn")
    again = desk.soup(desk.translator).select_one(".tr-standing button[value=submit][form=workbench]")
    assert again is not None
    desk.press(desk.translator, "submit")
    assert (desk.state, desk.standing()) == (TranslationState.REVIEW, "review")
    assert desk.acts() == [Act.SENT, Act.WITHDRAWN, Act.SENT]


def self_told(answer: Any) -> str:
    return BeautifulSoup(answer.content, "html.parser").select_one(".messages").get_text().lower()


def test_words_that_come_by_another_way_withdraw_it_as_visibly(desk: Desk) -> None:
    desk.press(desk.translator, "submit")
    content.save(desk.page, mark=" file", user=desk.translator)
    assert (desk.state, desk.standing()) == (TranslationState.DRAFT, "withdrawn")


def test_a_reviewer_who_corrects_a_word_goes_on_reviewing(desk: Desk) -> None:
    desk.press(desk.translator, "submit")
    desk.press(desk.reviewer, "save", first="عنوان")
    assert (desk.state, desk.standing()) == (TranslationState.REVIEW, "review")
    desk.press(desk.reviewer, "publish")
    assert content.translation(desk.page).title == "عنوان"


def test_saving_a_note_alone_withdraws_nothing(desk: Desk) -> None:
    desk.press(desk.translator, "submit")
    desk.press(desk.translator, "save", note="„Eintritt“ is hard to say.")
    assert desk.state == TranslationState.REVIEW
    assert "hard to say" in desk.soup(desk.reviewer).select_one(".tr-notes").get_text()


def test_withdrawing_by_a_button(desk: Desk) -> None:
    desk.press(desk.translator, "submit")
    desk.press(desk.translator, "withdraw")
    assert (desk.state, desk.standing()) == (TranslationState.DRAFT, "withdrawn")
    assert "zurzeit nicht geprüft" in self_told(desk.press(desk.translator, "withdraw"))


def test_reviewers_get_one_mail_and_none_for_what_was_withdrawn_at_once(desk: Desk) -> None:
    desk.press(desk.translator, "submit")
    desk.press(desk.translator, "withdraw")
    assert not mails_to(desk.reviewer)
    desk.press(desk.translator, "submit")
    desk.press(desk.translator, "submit")
    letters.later(minutes=11)
    (mail,) = mails_to(desk.reviewer)
    assert mail.subject == "For review in Arabic: Ein Fest"
    assert desk.address in mail.body
    assert not mails_to(desk.translator)


def test_handed_back_with_a_reason_that_stands_on_top_and_is_mailed(desk: Desk) -> None:
    desk.press(desk.translator, "submit")
    desk.press(desk.reviewer, "return", reason="Der Titel ist zu wörtlich.")
    assert (desk.state, desk.standing()) == (TranslationState.DRAFT, "returned")
    assert "zu wörtlich" in desk.soup(desk.translator).select_one(".tr-standing blockquote").get_text()
    (mail,) = mails_to(desk.translator)
    assert "Der Titel ist zu wörtlich." in mail.body
    assert mail.subject.startswith("Please look again at your translation into Arabic")
    desk.press(desk.translator, "save", first="عنوان")
    assert desk.standing() == "returned"  # until it is sent again
    desk.press(desk.translator, "submit")
    assert desk.standing() == "review"


def test_without_a_reason_nothing_is_handed_back(desk: Desk) -> None:
    desk.press(desk.translator, "submit")
    desk.press(desk.reviewer, "return", reason="  ")
    assert desk.state == TranslationState.REVIEW
    assert Act.RETURNED not in desk.acts()


def test_the_author_is_told_once_when_it_is_public(desk: Desk) -> None:
    desk.press(desk.translator, "submit")
    desk.press(desk.reviewer, "publish")
    assert desk.standing() == "public"
    revision = content.translation(desk.page).live_revision
    acts.published(content.translation(desk.page), revision, desk.reviewer)
    letters.later(hours=1)
    (mail,) = mails_to(desk.translator)
    assert mail.subject == "Your translation into Arabic is public: Ein Fest"
    assert desk.acts() == [Act.SENT, Act.PUBLISHED]


def test_who_does_not_want_wagtails_mails_gets_none_of_ours(desk: Desk) -> None:
    from wagtail.users.models import UserProfile

    profile = UserProfile.get_for_user(desk.translator)
    profile.rejected_notifications = False
    profile.save()
    desk.press(desk.translator, "submit")
    desk.press(desk.reviewer, "return", reason="Noch einmal.")
    assert not mails_to(desk.translator)


def test_a_reviewer_sees_who_wrote_what_and_what_changed_since_the_public_version(desk: Desk) -> None:
    desk.press(desk.translator, "submit")
    desk.press(desk.reviewer, "publish")
    desk.press(desk.translator, "save", first="أمسية جديدة")
    soup = desk.soup(desk.reviewer)
    first, second = soup.select(".tr-entry")[:2]
    assert first.select_one(".tr-since del").get_text().startswith("ar:")
    assert first.select_one(".tr-since ins").get_text() in "أمسية جديدة"
    assert second.select_one(".tr-since") is None
    assert desk.translator.email in first.select_one(".tr-writer").get_text()


def test_sending_again_during_a_workflow_puts_the_newer_words_before_the_reviewers(desk: Desk) -> None:
    content.review_workflow(content.translation(desk.page))
    content.save(desk.page, user=desk.reviewer)
    desk.press(desk.reviewer, "submit")
    desk.press(desk.reviewer, "save", first="عنوان")
    desk.press(desk.reviewer, "submit")
    twin = content.translation(desk.page)
    assert twin.current_workflow_state.current_task_state.revision_id == twin.latest_revision_id


def test_a_rejection_in_wagtails_workflow_is_a_return(desk: Desk) -> None:
    content.review_workflow(content.translation(desk.page))
    desk.press(desk.translator, "submit")
    twin = content.translation(desk.page)
    twin.current_workflow_task_state.specific.reject(user=desk.reviewer, comment="Bitte kürzer.")
    assert desk.standing() == "returned"
    assert "Bitte kürzer." in desk.soup(desk.translator).get_text()


WHO = (roles.translators("ar"), roles.translators("tr"), roles.KI, roles.PRESS)
MAY = {
    # on the Arabic page in review, in the order of WHO
    "save": "+ - - +",
    "submit": "+ - - +",
    "withdraw": "+ - - +",
    "return": "- - - +",
    "publish": "- - - +",
}


@pytest.mark.parametrize("action", MAY)
@pytest.mark.parametrize("role", WHO)
def test_each_role_does_what_is_its_own(desk: Desk, role: str, action: str) -> None:
    desk.press(desk.translator, "submit")
    form = content.workbench_fields(desk.clients[desk.reviewer.pk], desk.address, "")
    first = next(name for name in form if name.startswith("words-"))
    form = {name: value for name, value in form.items() if not name.startswith("words-")}
    if action in ("save", "submit"):
        form[first] = "كلمة"
    client = Client()
    client.force_login(factories.person("", role))
    before = (desk.state, content.translation(desk.page).latest_revision_id, desk.acts())
    client.post(desk.address, {**form, "action": action, "reason": "Weil."})
    after = (desk.state, content.translation(desk.page).latest_revision_id, desk.acts())
    assert (after != before) == (MAY[action].split()[WHO.index(role)] == "+")
    assert content.translation(desk.page).live == (action == "publish" and role == roles.PRESS)


def test_what_a_workflow_has_rejected_can_be_sent_again(desk: Desk) -> None:
    content.review_workflow(content.translation(desk.page))
    desk.press(desk.translator, "submit")
    twin = content.translation(desk.page)
    twin.current_workflow_task_state.specific.reject(user=desk.reviewer, comment="Bitte kürzer.")
    assert desk.state == TranslationState.DRAFT
    desk.press(desk.translator, "submit")
    assert desk.standing() == "review"
    assert content.translation(desk.page).workflow_in_progress


def test_the_queue_says_what_was_withdrawn_and_what_was_handed_back(desk: Desk) -> None:
    def row() -> str:
        answer = desk.clients[desk.translator.pk].get("/admin/translations/ar/")
        cells = BeautifulSoup(answer.content, "html.parser").select(".tr-table tbody tr")
        return next(cell.get_text() for cell in cells if "Ein Fest" in cell.get_text())

    desk.press(desk.translator, "submit")
    desk.press(desk.reviewer, "return", reason="Der Titel ist zu wörtlich.")
    assert "Der Titel ist zu wörtlich." in row()
    desk.press(desk.translator, "submit")
    assert "Der Titel" not in row()
    before = row()
    desk.press(desk.translator, "save", first="عنوان")
    assert row() != before


def test_a_note_is_stored_once_though_the_first_try_fails(desk: Desk) -> None:
    desk.press(desk.translator, "submit")
    desk.press(desk.reviewer, "return", note="Danke!", reason="")
    desk.press(desk.reviewer, "return", note="Danke!", reason="Bitte kürzer.")
    assert desk.acts().count(Act.NOTE) == 1
