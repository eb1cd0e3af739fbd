"""``/healthz`` says whether this installation is able to work."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import OperationalError
from django.test import Client
from django.utils import timezone

from cms.jobs.processes import RunningProcess
from cms.jobs.turns import Turn


@pytest.mark.django_db
def test_answers_when_the_database_and_its_migrations_are_there(client: Client) -> None:
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {"status": "ok", "database": "ok", "migrations": "ok"}


@pytest.mark.django_db
def test_is_never_kept(client: Client) -> None:
    assert "no-store" in client.get("/healthz")["Cache-Control"]


@pytest.mark.django_db
def test_a_missing_migration_is_an_error(client: Client) -> None:
    MigrationRecorder.Migration.objects.filter(app="news").delete()
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json()["status"] == "error"
    assert response.json()["migrations"].endswith(" missing")


@pytest.fixture
def unreachable(db: None) -> Iterator[None]:
    """A database that refuses every statement, as one that is gone does."""

    def refuse(*_anything: object) -> None:
        raise OperationalError("could not connect to server at secret-host.example")

    with connection.execute_wrapper(refuse):
        yield


def test_an_unreachable_database_is_an_error_that_tells_no_details(unreachable: None, client: Client) -> None:
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json() == {"status": "error", "database": "unreachable"}


@pytest.mark.django_db
def test_head_answers_and_nothing_can_be_posted(client: Client) -> None:
    assert client.head("/healthz").status_code == 200
    assert client.post("/healthz").status_code == 405


@pytest.mark.django_db
def test_needs_no_site_and_sets_no_cookie(client: Client) -> None:
    assert not client.get("/healthz").cookies


# Behind the scenes


def beat(*, ago: dt.timedelta) -> None:
    moment = timezone.now() - ago
    RunningProcess.objects.create(id="one", kind="worker", host="here", pid=1, seen_at=moment)
    Turn.objects.create(act="act", begun_at=moment, ended_at=moment)


@pytest.mark.django_db
def test_monitoring_sees_that_clock_and_worker_are_alive(client: Client) -> None:
    beat(ago=dt.timedelta(seconds=50))
    response = client.get("/healthz?full")
    assert response.status_code == 200
    answer = response.json()
    assert (answer["status"], answer["clock"]["status"], answer["worker"]["status"]) == ("ok", "ok", "ok")
    assert answer["jobs"] == {"waiting": 0, "oldest": None, "failed": 0}
    assert answer["schedule"] == {"failed": 0}


@pytest.mark.django_db
@pytest.mark.parametrize("seen", [True, False])
def test_monitoring_is_told_that_clock_and_worker_stand_still(seen: bool, client: Client) -> None:
    if seen:
        beat(ago=dt.timedelta(minutes=6))
    response = client.get("/healthz?full")
    assert response.status_code == 503
    answer = response.json()
    assert (answer["status"], answer["clock"]["status"], answer["worker"]["status"]) == ("late", "late", "late")


@pytest.mark.django_db
def test_no_web_server_is_taken_out_because_the_clock_stands_still(client: Client) -> None:
    beat(ago=dt.timedelta(hours=6))
    assert client.get("/healthz").status_code == 200
