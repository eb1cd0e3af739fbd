"""Who asks, when proxies stand in between, and what is told when the settings do not fit."""

import logging
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from cms import checks
from cms.accounts import authentication
from cms.http import proxies

PROXY = "10.0.0.9"


def client_of(settings: Any, count: int, header: str, name: str = "X-Forwarded-For", direct: str = PROXY) -> str:
    settings.PROXY_COUNT, settings.PROXY_HEADER = count, name
    return authentication.client_address(RequestFactory().get("/", REMOTE_ADDR=direct, headers={name: header}))


@pytest.mark.parametrize(
    ("count", "header", "expected"),
    [
        (1, "192.0.2.1", "192.0.2.1"),
        (1, "192.0.2.1:4711", "192.0.2.1"),
        (1, "6.6.6.6, 192.0.2.1", "192.0.2.1"),
        (1, "[2001:db8:1:2::5]:4711", "2001:db8:1:2::"),
        (1, "[2001:db8:1:2::5]", "2001:db8:1:2::"),
        (1, "2001:db8:1:2::5", "2001:db8:1:2::"),
        (1, "::ffff:192.0.2.1", "192.0.2.1"),
        (1, "fe80::1%eth0", "fe80::"),
        (1, '"192.0.2.1"', "192.0.2.1"),
        (2, "6.6.6.6, 192.0.2.1, 10.0.0.1", "192.0.2.1"),
        (2, "192.0.2.1", PROXY),
        (0, "6.6.6.6", PROXY),
        (1, "", PROXY),
        (1, "unknown", PROXY),
        (1, "6.6.6.6, _hidden", PROXY),
        (1, "x" * 5000, PROXY),
    ],
)
def test_only_what_our_proxies_wrote_is_believed(settings: Any, count: int, header: str, expected: str) -> None:
    assert client_of(settings, count, header) == expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("for=192.0.2.1;proto=https;by=203.0.113.43", "192.0.2.1"),
        ('For="[2001:db8:1:2::5]:4711"', "2001:db8:1:2::"),
        ('for=6.6.6.6, for="192.0.2.1:80"', "192.0.2.1"),
        ('for="6.6.6.6, for=192.0.2.1', "192.0.2.1"),
        ("for=unknown", PROXY),
        ("proto=https", PROXY),
    ],
)
def test_the_standard_header_is_read_where_the_settings_name_it(settings: Any, header: str, expected: str) -> None:
    assert client_of(settings, 1, header, "Forwarded") == expected


def test_the_other_header_can_be_forged_and_is_not_read(settings: Any) -> None:
    settings.PROXY_COUNT = 1
    headers = {"Forwarded": "for=6.6.6.6", "X-Forwarded-For": "192.0.2.1"}
    assert authentication.client_address(RequestFactory().get("/", headers=headers)) == "192.0.2.1"


# Told


@pytest.fixture
def arrive(settings: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Any:
    settings.DATA_DIR = tmp_path
    middleware = proxies.ProxyMiddleware(lambda request: HttpResponse("x"))

    def act(count: int, *, times: int = 1, direct: str = PROXY, **headers: str) -> list[str]:
        settings.PROXY_COUNT = count
        caplog.clear()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        with caplog.at_level(logging.WARNING, "cms.http.proxies"):
            for _ in range(times):
                middleware(RequestFactory().get("/", REMOTE_ADDR=direct, headers=named))
        return [record.getMessage() for record in caplog.records]

    return act


@pytest.mark.parametrize(
    ("count", "headers", "finding"),
    [
        (0, {}, ""),
        (0, {"X_Forwarded_For": "192.0.2.1"}, "unexpected"),
        (0, {"Forwarded": "for=192.0.2.1"}, "unexpected"),
        (1, {"X_Forwarded_For": "192.0.2.1"}, ""),
        (1, {}, "missing"),
        (1, {"X_Forwarded_For": "unknown"}, "unreadable"),
        (2, {"X_Forwarded_For": "192.0.2.1"}, "short"),
    ],
)
def test_a_wrong_proxy_is_told_once_an_hour_and_to_the_check(
    arrive: Any, settings: Any, count: int, headers: dict[str, str], finding: str
) -> None:
    lines = arrive(count, times=3, **headers)
    assert len(lines) == bool(finding)
    told = [warning.msg for warning in checks.proxies_fit()]
    assert told == ([proxies.FINDINGS[finding]] if finding else [])


def test_all_from_one_inner_address_is_told(arrive: Any) -> None:
    lines = arrive(1, times=proxies.ENOUGH_FROM_ONE + 5, X_Forwarded_For="10.0.0.5")
    assert len(lines) == 1
    assert arrive(1, times=proxies.ENOUGH_FROM_ONE + 5, X_Forwarded_For="8.8.8.8") == []


def test_what_was_wrong_two_days_ago_is_forgotten(arrive: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    arrive(1)
    assert proxies.findings()
    monkeypatch.setattr(proxies, "FORGOTTEN_AFTER", -1)
    assert not proxies.findings()


# Load balancers and forged hosts


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["10.0.0.7:8000", "[::1]:8000", "evil.example", "x y", ""])
def test_whether_it_works_is_answered_to_whom_ever_asks(host: str) -> None:
    assert Client().get("/healthz", headers={"host": host}).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "accepted", "language"), [("/ar/", "de", "ar"), ("/", "tr", "tr"), ("/de/", "", "de")]
)
def test_a_bad_request_is_answered_in_the_readers_language(
    path: str, accepted: str, language: str, caplog: pytest.LogCaptureFixture
) -> None:
    answer = Client().get(path, headers={"host": "evil.example", "accept-language": accepted})
    assert answer.status_code == 400
    assert f'<html lang="{language}"' in answer.content.decode()
    assert "Bad Request" not in answer.content.decode()


def test_a_forged_host_writes_one_line(settings: Any) -> None:
    formatter = settings.LOGGING["formatters"]["one_line"]
    from cms.log_lines import OneLine

    try:
        raise ValueError("Invalid HTTP_HOST header")
    except ValueError:
        record = logging.LogRecord("django.security.DisallowedHost", logging.ERROR, "", 1, "Invalid\nhost", (), True)
        import sys

        record.exc_info = sys.exc_info()
    line = OneLine(formatter["format"], style="{").format(record)
    assert "\n" not in line and "Traceback" not in line
    assert record.exc_info is not None, "others may want it"


def test_times_in_the_log_carry_their_offset() -> None:
    from datetime import datetime

    from cms.log_lines import Formatter

    record = logging.LogRecord("x", logging.INFO, "", 1, "text", (), None)
    stamp = Formatter("{asctime}", style="{").format(record)
    assert datetime.fromisoformat(stamp).utcoffset() is not None
