"""Mails: what stands in their heads, that whatever is sent goes through the queue, and who sees the queue."""

import ast
import datetime as dt
import smtplib
import socket
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core import mail as django_mail
from django.core.mail import mail_admins
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

from cms import mail
from cms.accounts import User, roles
from cms.localization import languages
from cms.localization.clean_text import one_line
from cms.mail import sending
from cms.mail.letters import Letter, LetterState, MailServer
from cms.routing.site_settings import SiteSettings
from directory.members import membership
from directory.review import moderation
from tests import factories, letters, smtp_sink, webpages
from tests.directory.review import moderating
from tests.directory.review.moderating import write
from tests.invariants.test_mail_is_never_lost_nor_doubled import CONTEXT, TEMPLATE, use
from tests.test_architecture import MODULES, ROOT

pytestmark = pytest.mark.django_db


def post(to: str = "a@example.org", preferred: str = "ar", **more: Any) -> None:
    mail.post(template=TEMPLATE, to=to, preferred=preferred, context={**CONTEXT, **more})


# The head of a mail, as it comes over SMTP


def received(settings: Any) -> list[Any]:
    with smtp_sink.listening() as sink:
        use(settings, sink.port)
        sending.deliver()
        return sink.mails


@pytest.mark.parametrize("code", languages.BY_CODE)
def test_every_mail_says_what_it_is_and_in_which_languages(code: str, settings: Any) -> None:
    site = factories.municipality(hostname="stadt.example")
    mail.post(template=TEMPLATE, to="a@example.org", preferred=code, context=CONTEXT, site=site)
    (message,) = received(settings)
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"].strip("<>").endswith("@stadt.example")
    written = parsedate_to_datetime(message["Date"]).replace(tzinfo=dt.UTC)
    assert abs(written - timezone.now()).total_seconds() < 60
    wanted = list(dict.fromkeys([code, "de"]))
    assert message["Content-Language"].split(", ") == wanted
    assert message.get_body(("plain",)) is not None
    page = webpages.BeautifulSoup(smtp_sink.body(message, "html"), "html.parser")
    parts = [(part["lang"], part["dir"]) for part in page.body.find_all("div", recursive=False)]
    assert parts == [(each, languages.get(each).direction) for each in wanted]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Verein\r\nBcc: x@example.org", "Verein Bcc: x@example.org"),
        ("a\u202eb\u200bc\u2066d\u2069\ufeff", "abcd"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("\x0b\x00 Fest \ufffe", "Fest"),
    ],
)
def test_a_subject_is_one_line_without_invisible_characters(written: str, shown: str, settings: Any) -> None:
    assert one_line(written) == shown
    post(organisation=written)
    (message,) = received(settings)
    assert shown in message["Subject"] and message["Bcc"] is None


def test_names_and_numbers_stand_in_reading_order_in_the_plain_text_as_well(settings: Any) -> None:
    post(comment="جمعية Haus e.V. هنا")
    (message,) = received(settings)
    arabic, german = smtp_sink.body(message, "plain").split("* * *")
    assert "\u2066Haus e.V.\u2069" in arabic
    assert "\u2066" not in german
    addresses = [line for line in arabic.splitlines() if "://" in line]
    assert addresses and not any("\u2066" in line for line in addresses)


# Everything goes through the queue


def test_what_django_sends_by_itself_waits_in_the_queue(settings: Any) -> None:
    settings.ADMINS = [("Betrieb", "it@example.org"), ("Vertretung", "it2@example.org")]
    mail_admins("Störung", "Die Platte ist voll.", html_message="<p>Die Platte ist voll.</p>")
    assert django_mail.outbox == []
    assert set(Letter.objects.values_list("to", flat=True)) == {"it@example.org", "it2@example.org"}
    first, second = received(settings)
    for message in (first, second):
        assert message["To"] == "it@example.org, it2@example.org"
        assert message["Auto-Submitted"] == "auto-generated" and message["Content-Language"]
        assert "Die Platte ist voll." in smtp_sink.body(message, "plain")
    assert first["Message-ID"] != second["Message-ID"]


def test_an_attachment_comes_as_it_was(settings: Any) -> None:
    message = django_mail.EmailMessage("Bild", "Anbei", to=["a@example.org"], bcc=["b@example.org"])
    message.attach("bild.png", b"\x89PNG\x00\xff", "image/png")
    message.send()
    for got in received(settings):
        (attachment,) = got.iter_attachments()
        assert (attachment.get_filename(), attachment.get_content()) == ("bild.png", b"\x89PNG\x00\xff")
        assert got["Bcc"] is None
    assert Letter.objects.filter(state=LetterState.SENT).count() == 2


def test_only_one_module_speaks_with_the_mail_server() -> None:
    """No other imports ``smtplib``, asks Django for a connection, or names a backend."""
    speaks = set()
    for path in MODULES:
        names = set()
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                names |= {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
        if names & {"smtplib", "django.core.mail.get_connection", "django.core.mail.backends.smtp"}:
            speaks.add(path.relative_to(ROOT).as_posix())
    assert speaks == {"cms/mail/transport.py"}


def test_both_settings_put_mails_into_the_queue() -> None:
    assert django_settings.EMAIL_BACKEND == "cms.mail.backend.EmailBackend"
    assert "cms.mail.backend.EmailBackend" in (ROOT / "cms/settings/base.py").read_text()
    for path in (ROOT / "cms/settings").glob("*.py"):
        assert path.name == "base.py" or "EMAIL_BACKEND" not in path.read_text()


class Pressed:
    """Everything in the product that sends a mail, pressed as people do."""

    def __init__(self) -> None:
        self.site = factories.municipality(municipality="Stadt Musterstadt")
        SiteSettings.objects.filter(site=self.site).update(barrier_report_email="office@city.example")
        self.club = moderating.published(self.site, "Verein A")
        self.vacant = factories.organisation(self.club.get_parent().specific, "Verein B", slug="b")
        self.press, self.translator = factories.press(), factories.translator("ar")
        factories.ki()
        self.member = factories.member(self.club)
        self.article = factories.article(factories.news_index(self.site))

    def client(self, user: User | None = None) -> Client:
        client = Client()
        if user is not None:
            client.force_login(user)
        return client

    def acts(self) -> dict[str, Any]:
        def at(name: str, **values: Any) -> str:
            with translation.override("de"):
                return reverse(name, kwargs=values)

        key = str(self.club.translation_key)
        member, press = self.client(self.member), self.client(self.press)
        return {
            "password": lambda: self.client().post(at("my_password"), {"email": self.member.email}),
            "barrier": lambda: self.client().post("/de/barrier/", {"message": "Zu klein"}),
            "leave": lambda: member.post(at("my_leave", key=key)),
            "ask translators": lambda: press.post(
                f"/admin/translations/page/{self.article.pk}/", {"language": ["ar"], "action": "ask"}
            ),
            "invite": lambda: member.post(at("my_colleagues", key=key), {"email": "n@example.org", "language": "tr"}),
        }


def test_no_request_speaks_smtp_and_all_answer_while_the_server_is_dead(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(settings, 1)
    pressed = Pressed()

    def refuse(*_arguments: Any, **_more: Any) -> None:
        raise AssertionError("A request speaks with a server.")

    monkeypatch.setattr(smtplib.SMTP, "__init__", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    for name, act in pressed.acts().items():
        before = Letter.objects.count()
        assert act().status_code in (200, 302, 409), name
        assert Letter.objects.count() > before, name
        before = Letter.objects.count()
        assert act().status_code in (200, 302, 409), name
        assert Letter.objects.count() == before, f"{name}: the form sent twice"


def test_wagtails_own_notices_wait_in_the_queue(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    use(settings, 1)
    monkeypatch.setattr(smtplib.SMTP, "__init__", lambda *_values, **_more: 1 / 0)
    pressed = Pressed()
    author = factories.person("autor@example.org", roles.PRESS)
    flow, task = Workflow.objects.create(name="Nachrichten"), GroupApprovalTask.objects.create(name="Presse")
    WorkflowTask.objects.create(workflow=flow, task=task)
    pressed.article.save_revision(user=author)
    flow.start(pressed.article, author).current_task_state.approve(user=pressed.press)
    letter = Letter.objects.get(to="autor@example.org")
    assert (letter.state, letter.writer) == (LetterState.WAITING, "message")


# No more than its recipients need


def test_leaving_fifteen_times_tells_each_office_once() -> None:
    pressed = Pressed()
    for _ in range(15):
        with pytest.raises(membership.LastMember):
            membership.leave(organisation=pressed.club, user=pressed.member)
        letters.delivered()
        letters.later(minutes=20)
    assert len([each for each in django_mail.outbox if "Verein A" in each.subject]) == 2  # press and KI


def test_sending_and_withdrawing_ten_times_tells_each_reviewer_once(settings: Any) -> None:
    pressed = Pressed()
    reviewers = User.objects.filter(groups__role__key=roles.PRESS).count()
    write(pressed.club, pressed.member, short_description="Neu")
    for _ in range(10):
        moderation.submit(page=pressed.club, user=pressed.member)
        letters.delivered()
        moderation.withdraw(page=moderating.current(pressed.club), user=pressed.member)
    assert len(letters.delivered()) == reviewers


def test_changes_sent_again_are_one_more_mail_after_some_minutes_and_none_when_withdrawn() -> None:
    pressed = Pressed()
    for number in range(10):
        moderating.sent(pressed.club, pressed.member, short_description=f"Neu {number}")
        letters.delivered()
        if number < 9:
            moderation.withdraw(page=moderating.current(pressed.club), user=pressed.member)
    assert len(letters.delivered()) == 1
    letters.later(minutes=11)
    assert len(letters.delivered()) == 2
    moderation.withdraw(page=moderating.current(pressed.club), user=pressed.member)
    moderating.sent(pressed.club, pressed.member, short_description="Noch einmal")
    moderation.withdraw(page=moderating.current(pressed.club), user=pressed.member)
    letters.later(minutes=11)
    assert len(letters.delivered()) == 2


# Who sees the queue


def admin() -> User:
    return factories.person("admin@example.org", roles.ADMINISTRATORS)


def given_up(by: User | None = None, to: str = "a@example.org") -> Letter:
    mail.post(template=TEMPLATE, to=to, preferred="de", context=CONTEXT, by=by)
    Letter.objects.filter(to=to).update(state=LetterState.GIVEN_UP, finished_at=timezone.now(), last_error="550 no")
    return Letter.objects.get(to=to)


PEOPLE = [
    # who, sees all, sees those that they have caused
    ("admin", True, True),
    ("press", False, True),
    ("ki", False, True),
    ("translator", False, True),
    ("member", False, False),
    ("nobody", False, False),
]


def person(name: str) -> User:
    match name:
        case "admin":
            return admin()
        case "press":
            return factories.press()
        case "ki":
            return factories.ki()
        case "translator":
            return factories.translator("ar")
        case "member":
            return factories.member(factories.organisation(factories.directory(factories.municipality())))
    return factories.person("nobody@example.org")


@pytest.mark.parametrize(("name", "sees_all", "sees_own"), PEOPLE, ids=[row[0] for row in PEOPLE])
def test_who_sees_and_decides(name: str, sees_all: bool, sees_own: bool) -> None:
    user = person(name)
    own, foreign = given_up(user, "own@example.org"), given_up(None, "foreign@example.org")
    client = Client()
    client.force_login(user)
    text = client.get("/admin/mails/", follow=True).content.decode()
    assert ("foreign@example.org" in text, "own@example.org" in text) == (sees_all, sees_own)
    home = client.get("/admin/", follow=True).content.decode()
    assert ("mails-state" in home) == sees_own
    for letter, allowed in ((own, sees_own), (foreign, sees_all)):
        client.post("/admin/mails/again/", {"letter": letter.pk})
        letter.refresh_from_db()
        assert letter.state == (LetterState.WAITING if allowed else LetterState.GIVEN_UP)
        client.post("/admin/mails/discard/", {"letter": letter.pk})
        assert Letter.objects.filter(pk=letter.pk).exists() is not allowed


def test_everything_that_was_not_sent_is_tried_again_with_one_button() -> None:
    given_up(), given_up(to="b@example.org")
    MailServer.current().has_failed("ConnectionRefusedError")
    client = Client()
    client.force_login(admin())
    page = webpages.read(client.get("/admin/mails/"))
    assert "ConnectionRefusedError" in webpages.text(page)
    assert page.select_one('form[action="/admin/mails/again/"] button')
    client.post("/admin/mails/again/")
    assert sorted(message.to[0] for message in letters.delivered()) == ["a@example.org", "b@example.org"]


def test_a_quiet_queue_says_nothing_on_the_first_page() -> None:
    post()
    letters.delivered()
    client = Client()
    client.force_login(admin())
    assert "mails-state" not in client.get("/admin/").content.decode()
    for state in ("", *LetterState.values, "nonsense"):
        assert client.get("/admin/mails/", {"state": state, "p": "x"}).status_code == 200


@pytest.mark.parametrize("letter", ["x", "-1", "9" * 30, "0"])
def test_odd_numbers_do_no_harm(letter: str) -> None:
    kept = Letter.objects.count()
    client = Client()
    client.force_login(admin())
    assert client.post("/admin/mails/discard/", {"letter": letter}).status_code == 302
    assert client.get("/admin/mails/discard/").status_code == 405
    assert Letter.objects.count() == kept
