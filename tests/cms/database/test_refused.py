"""What passes is told from what is a fault, and what was sent is not lost by either."""

import errno
import sqlite3

import pytest
from bs4 import BeautifulSoup
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from cms.database import refused


def of_sqlite(code: int) -> OperationalError:
    cause = sqlite3.OperationalError("for the test")
    cause.sqlite_errorcode = code
    error = OperationalError("for the test")
    error.__cause__ = cause
    return error


def of_postgres(state: str | None) -> OperationalError:
    cause = Exception("for the test")
    cause.sqlstate = state  # type: ignore[attr-defined]
    error = OperationalError("for the test")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (of_sqlite(sqlite3.SQLITE_BUSY), "busy"),
        (of_sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT), "busy"),
        (of_sqlite(sqlite3.SQLITE_FULL), "full"),
        (of_sqlite(sqlite3.SQLITE_IOERR_WRITE), "full"),
        (of_sqlite(sqlite3.SQLITE_ERROR), ""),  # no such table
        (of_postgres(None), "busy"),
        (of_postgres("57P01"), "busy"),
        (of_postgres("40P01"), "busy"),
        (of_postgres("53100"), "full"),
        (OSError(errno.ENOSPC, "No space left on device"), "full"),
        (OSError(errno.EACCES, "Permission denied"), ""),
        (ValueError("a fault"), ""),
    ],
)
def test_what_passes_is_told_from_faults(error: Exception, why: str) -> None:
    assert refused.reason(error) == why
    around = RuntimeError("around it")
    around.__context__ = error
    assert refused.reason(around) == why


def posted(**fields: str) -> HttpResponse:
    request: HttpRequest = RequestFactory().post("/ar/anything/?a=1", fields)
    answer = refused.answer(request, of_sqlite(sqlite3.SQLITE_BUSY))
    assert answer is not None
    return answer


def test_the_page_holds_what_was_sent_for_one_press() -> None:
    answer = posted(csrfmiddlewaretoken="x", text='<b>"&\nzwei')
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "5", "no-store")
    page = BeautifulSoup(answer.content, "html.parser")
    assert page.html is not None and page.html["dir"] == "rtl"
    form = page.find("form")
    assert form is not None and form["action"] == "/ar/anything/?a=1"
    kept = {field["name"]: field["value"] for field in form.find_all("input")}
    assert kept == {"csrfmiddlewaretoken": "x", "text": '<b>"&\nzwei'}


def test_a_password_is_never_printed() -> None:
    answer = posted(username="me", password="very secret")  # noqa: S106
    assert b"very secret" not in answer.content
    assert BeautifulSoup(answer.content, "html.parser").find("form") is None


@pytest.mark.django_db
def test_health_tells_that_writing_failed_and_stays_in_service(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refused, "_last", {})
    assert client.get("/healthz").json()["status"] == "ok"
    posted(text="a")
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert (answer.json()["status"], answer.json()["writing"]) == ("degraded", "busy")
