"""What stands around the platform goes away: PostgreSQL, Redis, the mail server."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from aiosmtpd.controller import Controller

from tests.chaos.load import loaded
from tests.chaos.machine import Failed, Installation, Postgres, installed, part, redis, require, wait_for
from tests.chaos.processes import JOBS, PUBLISHED
from tests.journeys.product import free_port
from tests.smtp_sink import Sink

PATIENT_WITH_MAIL = 150.0
JOB_BEHIND_A_MAIL = 60.0


def database_restarted(base: Installation) -> str:
    """Away over a full minute, under load: the same processes go on by themselves, and nothing that was due is lost."""
    postgres = Postgres(base.data.parent / "postgres")
    postgres.start()
    try:
        with installed(base, "on-postgres", DATABASE_URL=postgres.url) as here:
            here.manage("migrate", "--noinput", "--verbosity", "0")
            here.make_site()
            platform = here.serve()
            here.make_due(3, seconds=20)
            parts = [part(platform, name) for name in ("granian", r"manage\.py worker", r"manage\.py clock")]
            lines = here.data / "lines"
            with loaded(here, readers=4):
                postgres.stop()
                away = time.monotonic()
                time.sleep(max(25, 63 - time.time() % 60))
                postgres.start()
                gone = time.monotonic() - away
                read = wait_for(lambda: here.status("/de/") == 200, "visitors can read again", 15)
            with loaded(here, readers=4) as after:
                published = wait_for(lambda: here.count(PUBLISHED) == 3, "what is due is published", 75)
                here.enqueue(f"write_line({str(lines)!r}, 0.1)")
                worked = wait_for(lambda: lines.exists(), "the worker goes on", 30)
            now = [part(platform, name) for name in ("granian", r"manage\.py worker", r"manage\.py clock")]
            require(now == parts, "a process had to be started again")
            require(set(after.statuses) == {200}, f"after the outage: {after}")
            said = here.log.count("cannot use the database and keeps trying")
            return (
                f"away for {gone:.0f} s; read again after {read:.1f} s, published after {published:.0f} s, "
                f"worked after {worked:.0f} s; same processes, {said} lines in the log; then {after}"
            )
    finally:
        with suppress(Failed):  # it may be away already
            postgres.stop()


def redis_gone(base: Installation) -> str:
    """Slower, not down: visitors and the admin."""
    with redis() as (url, server), installed(base, "on-redis", CACHE_URL=url) as here:
        here.serve()
        require(here.status("/de/") == 200, "reading with Redis")
        server.kill()
        server.wait()
        with loaded(here, readers=4) as load:
            admin = [here.status(path) for path in ("/admin/", "/admin/pages/", "/admin/images/")]
            time.sleep(5)
        require(set(load.statuses) == {200}, f"visitors: {load}")
        require(admin == [200] * 3, f"the admin answers {admin}")
        return f"{load}; the admin answers {admin}"


@contextmanager
def silent_server() -> Iterator[int]:
    """Takes every connection and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        kept: list[socket.socket] = []

        def accept() -> None:
            while True:
                try:
                    kept.append(server.accept()[0])
                except OSError:
                    return

        threading.Thread(target=accept, daemon=True).start()
        try:
            yield server.getsockname()[1]
        finally:
            for connection in kept:
                connection.close()
            server.shutdown(socket.SHUT_RDWR)


POST = (
    "from cms import mail; from django.db import transaction; "
    "mail.post(template='cms/mail/not_published', to='somebody@example.org', preferred='en', context="
    "{'title': 'A mail', 'moments': {}, 'reasons': {}, 'link': ''})"
)


def mail_server_silent(base: Installation) -> str:
    """It hangs, and what stands behind the mail is done all the same."""
    with silent_server() as port, installed(base, "silent-mail", EMAIL_URL=f"smtp://127.0.0.1:{port}") as here:
        here.serve()
        lines = here.data / "lines"
        here.manage("shell", "--no-imports", "-c", POST)
        here.enqueue(f"write_line({str(lines)!r}, 0.1)")
        took = wait_for(lambda: lines.exists(), "the job behind the mail is done", JOB_BEHIND_A_MAIL)
        return f"the job behind the mail was done after {took:.0f} s"


def mail_server_dead(base: Installation) -> str:
    """Nobody listens; later somebody does: the mail comes, once."""
    port = free_port()
    with installed(base, "dead-mail", EMAIL_URL=f"smtp://127.0.0.1:{port}") as here:
        here.serve()
        here.manage("shell", "--no-imports", "-c", POST)
        time.sleep(8)
        require(here.count(f"{JOBS} WHERE status = 'FAILED'") == 0, "the mail is given up")
        sink = Sink()
        controller = Controller(sink, hostname="127.0.0.1", port=port)
        controller.start()
        try:
            took = wait_for(lambda: sink.mails, "the mail comes", PATIENT_WITH_MAIL)
            time.sleep(5)
        finally:
            controller.stop()
        require(len(sink.mails) == 1, f"the mail came {len(sink.mails)} times")
        return f"one mail, {took:.0f} s after the server was back"
