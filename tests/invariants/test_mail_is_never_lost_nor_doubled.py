"""Invariant 9, for mails: dead, silent and choosy servers, killed processes, two at once, the same form twice."""

import datetime as dt
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections
from django.utils import timezone

from cms import mail
from cms.mail import deciding, sending
from cms.mail.letters import Letter, LetterState, MailServer
from tests import letters, smtp_sink
from tests.journeys import product as products
from tests.journeys.product import free_port
from tests.smtp_sink import Sink

SMTP = "django.core.mail.backends.smtp.EmailBackend"
TEMPLATE = "directory/mail/approved"
CONTEXT = {"organisation": "Verein", "page": "", "comment": "", "base": "https://example.org", "key": "x"}


def write(*people: str, **more: Any) -> None:
    for person in people:
        mail.post(template=TEMPLATE, to=person, preferred="ar", context={**CONTEXT, **more})


def states() -> dict[str, str]:
    return dict(Letter.objects.values_list("to", "state"))


def numbered(count: int) -> list[str]:
    return [f"person-{number}@example.org" for number in range(count)]


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    """A mail server that the queue in this process speaks with."""
    with smtp_sink.listening() as listening:
        use(settings, listening.port)
        yield listening


def use(settings: Any, port: int) -> None:
    settings.MAIL_TRANSPORT, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", port
    settings.EMAIL_TIMEOUT = 1


@pytest.fixture
def silent(settings: Any) -> Iterator[int]:
    """A server that takes the connection and says nothing; how often it was asked is not known to it either."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        use(settings, server.getsockname()[1])
        yield server.getsockname()[1]


# A server that is not there


@pytest.mark.django_db
def test_a_refused_connection_costs_nothing_but_time(settings: Any) -> None:
    use(settings, free_port())
    write(*numbered(3))
    assert sending.deliver() == 0
    assert set(states().values()) == {LetterState.WAITING}
    with smtp_sink.listening() as sink:
        use(settings, sink.port)
        assert sending.deliver() == 0  # the server rests
        letters.later(minutes=2)
        assert sending.deliver() == 3
        assert sorted(sink.envelopes) == numbered(3)
    assert set(states().values()) == {LetterState.SENT}
    assert MailServer.current().failures == 0


@pytest.mark.django_db
def test_a_silent_server_holds_a_run_for_one_timeout_and_the_next_runs_not_at_all(silent: int) -> None:
    write(*numbered(20))
    began = time.monotonic()
    assert sending.deliver() == 0
    assert 0.9 < time.monotonic() - began < 15, "one timeout, not twenty"
    failures = MailServer.current().failures
    for _ in range(10):
        sending.deliver()
    assert MailServer.current().failures == failures, "it is not asked again so soon"
    assert set(states().values()) == {LetterState.WAITING}


@pytest.mark.django_db
def test_the_pauses_of_a_dead_server_grow_to_ten_minutes(settings: Any) -> None:
    use(settings, free_port())
    write("a@example.org")
    pauses = []
    for _ in range(6):
        sending.deliver()
        pauses.append(round((MailServer.current().rests_until - timezone.now()).total_seconds() / 60))  # type: ignore[operator]
        letters.later(minutes=11)
    assert pauses == [1, 2, 4, 8, 10, 10]


@pytest.mark.django_db
def test_what_was_tried_for_48_hours_is_given_up_told_and_can_be_sent_again(
    settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    use(settings, free_port())
    write("a@example.org")
    sending.deliver()
    letters.later(hours=47)
    sending.every_minute()
    assert states() == {"a@example.org": LetterState.WAITING}
    letters.later(hours=2)
    sending.every_minute()
    assert states() == {"a@example.org": LetterState.GIVEN_UP}
    assert "given_up" in caplog.text
    with smtp_sink.listening() as sink:
        use(settings, sink.port)
        assert deciding.try_again(Letter.objects.all()) == 1
        sending.deliver()
        assert sink.envelopes == ["a@example.org"]


@pytest.mark.django_db
def test_what_was_never_tried_is_not_given_up(sink: Sink) -> None:
    """The machine was off for three days."""
    write("a@example.org")
    letters.later(hours=72)
    sending.every_minute()
    assert states() == {"a@example.org": LetterState.SENT}


# A server that says no


@pytest.mark.django_db
def test_not_now_is_tried_again_and_sent_once(sink: Sink) -> None:
    sink.answers["a@example.org"] = ["451 4.7.1 Greylisted", "451 4.7.1 Greylisted"]
    write("a@example.org", "b@example.org")
    for _ in range(4):
        sending.deliver()
        letters.later(minutes=3)
    assert sorted(sink.envelopes) == ["a@example.org", "b@example.org"]
    assert sink.asked.count("a@example.org") == 3
    assert len({mail["Message-ID"] for mail in sink.mails}) == 2


@pytest.mark.django_db
def test_one_who_does_not_exist_stops_nobody_else(sink: Sink) -> None:
    sink.answers["a@example.org"] = ["550 5.1.1 No such user"] * 9
    write("a@example.org", *numbered(3))
    assert sending.deliver() == 3
    assert states()["a@example.org"] == LetterState.GIVEN_UP
    letters.later(hours=1)
    sending.deliver()
    assert sink.asked.count("a@example.org") == 1


@pytest.mark.django_db
def test_a_wrong_set_up_of_the_server_gives_up_nobody(sink: Sink) -> None:
    sink.answers["a@example.org"] = ["554 5.7.1 Relay access denied"]
    write("a@example.org")
    sending.deliver()
    assert states() == {"a@example.org": LetterState.WAITING}
    letters.later(minutes=2)
    sending.deliver()
    assert states() == {"a@example.org": LetterState.SENT}


@pytest.mark.django_db
def test_a_mail_that_cannot_be_written_stops_nobody_else(sink: Sink) -> None:
    mail.post(template="directory/mail/no-such", to="a@example.org", preferred="de", context={})
    write("b@example.org")
    assert sending.deliver() == 1
    assert states() == {"a@example.org": LetterState.WAITING, "b@example.org": LetterState.SENT}
    assert "TemplateDoesNotExist" in Letter.objects.get(to="a@example.org").last_error


# A server that falls silent in the middle


@pytest.mark.django_db
def test_silent_before_it_had_the_letter_means_sent_again(sink: Sink) -> None:
    sink.hangs_at = ("a@example.org", "rcpt")
    write("a@example.org")
    sending.deliver()
    assert states() == {"a@example.org": LetterState.WAITING}
    sink.hangs_at = None
    letters.later(minutes=2)
    sending.deliver()
    assert sink.envelopes == ["a@example.org"]


@pytest.mark.django_db
def test_silent_after_it_got_the_letter_means_never_sent_twice_and_somebody_is_told(
    sink: Sink, caplog: pytest.LogCaptureFixture
) -> None:
    sink.hangs_at = ("a@example.org", "data")
    write("a@example.org", "b@example.org")
    sending.deliver()
    assert states() == {"a@example.org": LetterState.UNCLEAR, "b@example.org": LetterState.WAITING}
    assert "unclear" in caplog.text
    sink.hangs_at = None
    letters.later(hours=3)
    sending.every_minute()
    assert sorted(sink.envelopes) == ["a@example.org", "b@example.org"]


# Whose claim is over


@pytest.mark.django_db
def test_who_has_lost_the_claim_does_not_send(sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    """Suspended for longer than a claim lasts, in the moment before sending; another one has taken over."""
    write("a@example.org")
    written = sending._written

    def slow(letter: Letter) -> Any:
        message = written(letter)
        Letter.objects.filter(pk=letter.pk).update(claimed_by="another")
        return message

    monkeypatch.setattr(sending, "_written", slow)
    assert sending.deliver() == 0
    assert sink.envelopes == []


@pytest.mark.django_db
def test_who_read_the_queue_before_another_claimed_does_not_send(sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    write("a@example.org")
    name = uuid.uuid4

    def another_is_faster() -> uuid.UUID:
        until = timezone.now() + dt.timedelta(minutes=5)
        Letter.objects.update(state=LetterState.SENDING, claimed_by="another", claimed_until=until)
        return name()

    monkeypatch.setattr(sending.uuid, "uuid4", another_is_faster)
    assert sending.deliver() == 0
    assert sink.envelopes == []


# Not more than its recipients need


@pytest.mark.django_db
def test_the_same_act_again_and_again_is_one_mail(sink: Sink) -> None:
    for _ in range(15):
        write("a@example.org")
        sending.deliver()
    assert sink.envelopes == ["a@example.org"]
    letters.later(minutes=11)
    write("a@example.org")
    sending.deliver()
    assert len(sink.envelopes) == 2


@pytest.mark.django_db
def test_news_about_the_same_replace_what_waits(sink: Sink) -> None:
    for comment in ("eins", "zwei", "drei"):
        mail.post(
            template=TEMPLATE, to="a@example.org", preferred="de", about="p", context={**CONTEXT, "comment": comment}
        )
    sending.deliver()
    (received,) = sink.mails
    assert "drei" in smtp_sink.body(received, "plain") and "eins" not in smtp_sink.body(received, "plain")


@pytest.mark.django_db
def test_news_about_the_same_soon_after_wait_for_the_end_of_the_pause(sink: Sink) -> None:
    for number in range(10):
        mail.post(
            template=TEMPLATE,
            to="a@example.org",
            preferred="de",
            about="p",
            context={**CONTEXT, "comment": f"Nummer {number}."},
        )
        sending.deliver()
    assert len(sink.mails) == 1
    letters.later(minutes=11)
    sending.deliver()
    assert len(sink.mails) == 2
    assert "Nummer 9." in smtp_sink.body(sink.mails[1], "plain")


@pytest.mark.django_db
def test_a_letter_put_off_gives_way_to_a_newer_one_about_the_same(sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    sink.answers["a@example.org"] = ["451 later"]
    mail.post(template=TEMPLATE, to="a@example.org", preferred="de", about="p", context=CONTEXT)
    over = sending._over_the_line

    def meanwhile(*values: Any) -> None:
        monkeypatch.setattr(sending, "_over_the_line", over)
        newer = {**CONTEXT, "comment": "neu"}
        mail.post(template=TEMPLATE, to="a@example.org", preferred="de", about="p", context=newer)
        over(*values)

    monkeypatch.setattr(sending, "_over_the_line", meanwhile)
    sending.deliver()
    letters.later(minutes=11)
    sending.deliver()
    assert len(sink.mails) == 1
    assert "neu" in smtp_sink.body(sink.mails[0], "plain")


# Kept no longer than needed


@pytest.mark.django_db
def test_what_was_sent_keeps_no_content_and_is_forgotten_after_thirty_days(sink: Sink) -> None:
    write("a@example.org", comment="Vertraulich")
    sending.deliver()
    assert "Vertraulich" not in str(Letter.objects.values().get())
    letters.later(days=29)
    sending.every_minute()
    assert Letter.objects.count() == 1
    letters.later(days=2)
    sending.every_minute()
    assert Letter.objects.count() == 0


@pytest.mark.django_db
def test_an_act_that_fails_sends_nothing(sink: Sink) -> None:
    from django.db import transaction

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        write("a@example.org")
        raise ZeroDivisionError
    sending.deliver()
    assert sink.mails == []


# Two connections on PostgreSQL


def at_once(act: Callable[[], Any], times: int = 4) -> None:
    start = Barrier(times)

    def run() -> None:
        try:
            start.wait()
            act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(times) as pool:
        for future in [pool.submit(run) for _ in range(times)]:
            future.result()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="processes on one SQLite file are tried below")
def test_four_at_once_write_one_letter_about_the_same_and_send_each_once(
    database_of_its_own: None, settings: Any
) -> None:
    with smtp_sink.listening() as sink:
        use(settings, free_port())
        at_once(lambda: write("a@example.org"))
        assert Letter.objects.count() == 1
        write(*numbered(40))
        MailServer.objects.all().delete()
        use(settings, sink.port)
        at_once(sending.deliver)
        assert sorted(sink.envelopes) == sorted(["a@example.org", *numbered(40)])
        assert set(states().values()) == {LetterState.SENT}


# Real processes on one SQLite file


class Installation:
    """A database of its own, a queue with letters, and processes that work it off."""

    def __init__(self, data: Path, database: bytes) -> None:
        self.data = data
        if database:
            (data / "db.sqlite3").write_bytes(database)
        else:
            products.manage(data, "migrate", "--noinput", "--verbosity", "0")

    def write(self, people: list[str]) -> None:
        lines = [
            "from cms import mail",
            f"for person in {people!r}:",
            f"    mail.post(template={TEMPLATE!r}, to=person, preferred='de', context={CONTEXT!r})",
        ]
        products.manage(self.data, "shell", "--no-imports", "--command", "\n".join(lines))

    def sender(self, sink: Sink) -> subprocess.Popen[bytes]:
        environment = {**products.environment(self.data), "EMAIL_URL": sink.url}
        command = [sys.executable, str(products.ROOT / "manage.py"), "mail_queue", "--send"]
        return subprocess.Popen(command, env=environment, cwd=products.ROOT, stdout=subprocess.DEVNULL)  # noqa: S603

    def work_off(self, sink: Sink) -> None:
        assert self.sender(sink).wait(120) == 0

    def ask(self, question: str, *values: Any) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.data / "db.sqlite3", timeout=30)) as database, database:
            return database.execute(question, values).fetchall()

    def claims_run_out(self) -> None:
        past = (dt.datetime.now(dt.UTC) - dt.timedelta(minutes=1)).strftime("%Y-%m-%d %H:%M:%S")
        self.ask("UPDATE cms_letter SET claimed_until = ? WHERE claimed_until IS NOT NULL", past)

    def states(self) -> dict[str, str]:
        return dict(self.ask('SELECT "to", state FROM cms_letter'))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory, migrated_database: bytes) -> Installation:
    return Installation(tmp_path_factory.mktemp("mails"), migrated_database)


@pytest.fixture
def queue(installation: Installation) -> Installation:
    installation.ask("DELETE FROM cms_letter")
    installation.ask("DELETE FROM cms_mailserver")
    return installation


def wait_until(happened: Any) -> None:
    deadline = time.monotonic() + smtp_sink.PATIENCE
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.parametrize(("where", "becomes"), [("rcpt", "sent"), ("data", "unclear")])
def test_a_process_killed_while_it_sends_loses_nothing_and_doubles_nothing(
    queue: Installation, where: str, becomes: str
) -> None:
    people = numbered(6)
    queue.write(people)
    with smtp_sink.listening() as sink:
        sink.hangs_at = (people[2], where)
        sender = queue.sender(sink)
        wait_until(lambda: people[2] in (sink.asked if where == "rcpt" else sink.envelopes))
        os.kill(sender.pid, signal.SIGKILL)
        sender.wait()
        sink.hangs_at = None
        queue.work_off(sink)  # the claim of the dead one still holds
        assert queue.states()[people[2]] == "sending"
        queue.claims_run_out()
        queue.work_off(sink)
        assert sorted(sink.envelopes) == people
    assert queue.states() == {**dict.fromkeys(people, "sent"), people[2]: becomes}


def test_two_processes_at_once_send_each_mail_once(queue: Installation) -> None:
    people = numbered(30)
    queue.write(people)
    with smtp_sink.listening() as sink:
        sink.takes, sink.waits_for = 0.05, 2
        senders = [queue.sender(sink), queue.sender(sink)]
        assert [sender.wait(120) for sender in senders] == [0, 0]
        queue.work_off(sink)
        assert sorted(sink.envelopes) == sorted(people)


def test_the_command_says_what_waits_and_who_does_not_answer(queue: Installation) -> None:
    queue.write(["a@example.org"])
    dead = Sink()
    dead.url = f"smtp://127.0.0.1:{free_port()}"
    queue.work_off(dead)
    said = products.manage(queue.data, "mail_queue")
    assert "waiting: 1" in said and "does not answer since" in said
