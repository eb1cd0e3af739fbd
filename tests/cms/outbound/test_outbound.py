"""The client for servers that somebody named in a form: it leaves no allow-list and no limit."""

import gzip
import socket
import ssl
import subprocess
import threading
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from cms.outbound import Outbound, OutboundError, addresses, client, exchange, host_of
from cms.outbound.exchange import Limits
from tests import http_stub
from tests.http_stub import Reply, Server

PUBLIC = "93.184.215.14"


@pytest.fixture
def server() -> Iterator[Server]:
    with http_stub.running() as server, override_settings(OUTBOUND_TEST_HOSTS=[server.name]):
        yield server


def ask(server: Server, path: str = "/", limits: Limits | None = None, **asked: str) -> client.Answer:
    outbound = Outbound(frozenset({server.name}), limits=limits, pace=http_stub.without_waiting())
    return outbound.get(server.url + path, **asked)


def why(server: Server, path: str = "/", limits: Limits | None = None) -> str:
    with pytest.raises(OutboundError) as error:
        ask(server, path, limits)
    assert error.value.sentence
    return error.value.reason


# Addresses


@pytest.mark.parametrize(
    "url",
    [
        "",
        "ratsinfo.example/oparl",
        "http://ratsinfo.example/",
        "ftp://ratsinfo.example/",
        "file:///etc/passwd",
        "https://",
        "https:///oparl",
        "https://ratsinfo.example:8443/",
        "https://ratsinfo.example:80/",
        "https://ratsinfo.example:99999999/",
        "https://user@ratsinfo.example/",
        "https://user:word@ratsinfo.example/",
        "https://other.example@ratsinfo.example/",
        "https://ratsinfo.example\\@other.example/",
        "https://ratsinfo.example/a b",
        "https://ratsinfo.example/\r\nHost: other.example",
        "https://ratsinfo.example\t/",
        "https://[::1",
        "https://a.example:https://b.example/",
        "https://" + "ü" * 70 + ".example/",
    ],
)
def test_what_is_not_plain_https_is_not_fetched(url: str) -> None:
    with pytest.raises(OutboundError) as error:
        Outbound(frozenset({"ratsinfo.example"})).get(url)
    assert error.value.reason == "address"


@pytest.mark.parametrize(
    "url",
    [
        "https://other.example/",
        "https://ratsinfo.example.other.example/",
        "https://sub.ratsinfo.example/",
        "https://ratsinfo.example./",
        "https://ratsinfo.examplehttps//ratsinfo.example/",
        "https://127.0.0.1/",
    ],
)
def test_another_host_is_not_asked(url: str) -> None:
    with pytest.raises(OutboundError) as error:
        Outbound(frozenset({"ratsinfo.example"})).get(url)
    assert error.value.reason == "elsewhere"


def test_hosts_are_compared_as_machines_do() -> None:
    assert host_of("https://RATSINFO.example/oparl") == host_of("https://ratsinfo.example:443/") == "ratsinfo.example"
    assert host_of("https://bücher.example/") == "xn--bcher-kva.example"


@given(st.text() | st.text().map("https://{}".format) | st.text().map("https://ratsinfo.example{}".format))
def test_no_text_leads_elsewhere(url: str) -> None:
    outbound = Outbound(frozenset({"ratsinfo.example"}))
    try:
        assert outbound.check(url).host == "ratsinfo.example"
    except OutboundError as error:
        assert error.reason in {"address", "elsewhere"}


@pytest.mark.parametrize(
    "address",
    [
        *(
            "127.0.0.1",
            "127.9.9.9",
            "0.0.0.0",  # noqa: S104
            "10.0.0.1",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
        ),
        *("224.0.0.1", "255.255.255.255", "240.0.0.1", "192.0.2.1", "198.18.0.1"),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "fec0::1", "ff02::1", "ff0e::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:93.184.215.14", "::127.0.0.1"),
        *("64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:7f00:1::", "2001:db8::1", "not an address", ""),
    ],
)
def test_addresses_inside_a_network_are_not_the_internet(address: str) -> None:
    assert not addresses.is_on_internet(address)


@pytest.mark.parametrize("address", [PUBLIC, "1.1.1.1", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_addresses_of_the_internet_are(address: str) -> None:
    assert addresses.is_on_internet(address)


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        (["10.0.0.1"], "private"),
        ([PUBLIC, "127.0.0.1"], "private"),
        (["::ffff:127.0.0.1"], "private"),
        ([], "unresolved"),
    ],
)
def test_a_name_that_leads_into_the_network_is_not_asked(found: list[str], reason: str) -> None:
    outbound = Outbound(
        frozenset({"ratsinfo.example"}), resolve=lambda host, port: found, pace=http_stub.without_waiting()
    )
    with pytest.raises(OutboundError) as error:
        outbound.get("https://ratsinfo.example/")
    assert error.value.reason == reason


def test_a_name_that_nobody_knows_is_told_as_such() -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise socket.gaierror("unknown")

    outbound = Outbound(frozenset({"ratsinfo.example"}), resolve=unknown, pace=http_stub.without_waiting())
    with pytest.raises(OutboundError, match=r"ratsinfo\.example") as error:
        outbound.get("https://ratsinfo.example/")
    assert error.value.reason == "unresolved"


def test_plain_http_is_spoken_to_a_server_of_the_tests_only(server: Server) -> None:
    server.say("/", "hello")
    assert ask(server).body == b"hello"
    with override_settings(OUTBOUND_TEST_HOSTS=[]):
        assert why(server) == "address"
    with override_settings(OUTBOUND_TEST_HOSTS=["127.0.0.1:1"]):
        assert why(server) == "address"


def test_a_server_of_the_tests_must_be_allowed_too(server: Server) -> None:
    with pytest.raises(OutboundError) as error:
        Outbound(frozenset({"ratsinfo.example"})).get(server.url)
    assert error.value.reason == "elsewhere"
    assert not server.asked


# The line


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """For ``ratsinfo.example``, signed by itself."""
    folder = tmp_path_factory.mktemp("certificate")
    subject = ["-subj", "/CN=ratsinfo.example", "-addext", "subjectAltName=DNS:ratsinfo.example"]
    files = ["-keyout", str(folder / "both.pem"), "-out", str(folder / "both.crt")]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *subject, *files]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603
    both = folder / "both.crt"
    both.write_text(both.read_text() + (folder / "both.pem").read_text())
    return both


def https(certificate: Path, host: str, *, trusts: bool = True) -> tuple[list[str], exchange.Received]:
    """Asks a server at 127.0.0.1 as if it were ``host``; also returns which names the client asked for in TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    names: list[str] = []
    context.sni_callback = lambda sock, name, ctx: names.append(name)
    with http_stub.running() as server:
        server.say("/", "by https")
        server.socket = context.wrap_socket(server.socket, server_side=True)
        trusting = ssl.create_default_context(cafile=str(certificate) if trusts else None)
        target = addresses.Target(host, "https", host, server.server_port, "/")
        received = exchange.exchange(target, ["127.0.0.1"], {}, Limits(), seconds=10, context=trusting)
        assert server.headers[0]["host"] == host
        return names, received


def test_the_line_goes_to_the_checked_address_under_the_name_of_the_host(certificate: Path) -> None:
    names, received = https(certificate, "ratsinfo.example")
    assert (names, received.body) == (["ratsinfo.example"], b"by https")


@pytest.mark.parametrize(("host", "trusts"), [("other.example", True), ("ratsinfo.example", False)])
def test_a_certificate_for_another_host_or_by_anybody_is_not_enough(certificate: Path, host: str, trusts: bool) -> None:
    with pytest.raises(OutboundError) as error:
        https(certificate, host, trusts=trusts)
    assert error.value.reason == "certificate"


def test_the_name_is_resolved_once_a_request(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second answer of a malicious name server has no effect: nobody asks again, and that address is dialled."""
    answers, dialled = [[PUBLIC], ["127.0.0.1"]], []

    def dial(address: tuple[str, int], *_more: object, **_options: object) -> socket.socket:
        dialled.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr("urllib3.util.connection.create_connection", dial)
    outbound = Outbound(
        frozenset({"ratsinfo.example"}), resolve=lambda host, port: answers[0], pace=http_stub.without_waiting()
    )
    with pytest.raises(OutboundError) as error:
        outbound.get("https://ratsinfo.example/")
    assert error.value.reason == "unreachable"
    assert set(dialled) == {(PUBLIC, 443)}


def test_an_address_that_does_not_answer_gives_way_to_the_next(server: Server) -> None:
    server.say("/", "here")
    target = addresses.Target("ratsinfo.example", "http", "ratsinfo.example", server.server_port, "/")
    received = exchange.exchange(target, ["127.0.0.2", "127.0.0.1"], {}, Limits(), seconds=10)
    assert received.body == b"here"


# Redirects


def test_a_redirect_on_the_same_host_is_followed(server: Server) -> None:
    server.say("/", status=302, location="/new?page=2")
    server.say("/new?page=2", "there")
    answer = ask(server)
    assert (answer.body, answer.url) == (b"there", f"{server.url}/new?page=2")


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("https://other.example/", "elsewhere"),
        ("//other.example/", "address"),
        ("http://169.254.169.254/latest/meta-data/", "address"),
        ("http://127.0.0.1:1/", "address"),
        ("https://127.0.0.1/", "elsewhere"),
        ("file:///etc/passwd", "address"),
        ("https://one.examplehttps://two.example/", "elsewhere"),
        ("https://[::1", "address"),
    ],
)
def test_a_redirect_elsewhere_is_not_followed(server: Server, location: str, reason: str) -> None:
    server.say("/", status=301, location=location)
    assert why(server) == reason
    assert server.asked == ["/"]


def test_three_redirects_are_followed_and_no_more(server: Server) -> None:
    for step in range(9):
        server.say(f"/{step}", status=307, location=f"/{step + 1}")
    server.say("/3", "the end")
    assert ask(server, "/0").body == b"the end"
    server.asked.clear()
    server.say("/3", status=307, location="/4")
    assert why(server, "/0") == "redirects"
    assert server.asked == ["/0", "/1", "/2", "/3"]


# Limits


def test_an_answer_may_be_as_large_as_the_limit(server: Server) -> None:
    server.say("/", b"x" * 1000)
    assert len(ask(server, limits=Limits(size=1000)).body) == 1000
    assert why(server, limits=Limits(size=999)) == "too_large"


def test_five_megabytes_is_the_limit(server: Server) -> None:
    server.say("/", b"x" * (5 * 1024 * 1024 + 1))
    assert why(server) == "too_large"
    assert len(server.asked) == 1


def test_a_packed_answer_is_unpacked(server: Server) -> None:
    server.say("/", gzip.compress(b"packed"), content_encoding="gzip")
    assert ask(server).body == b"packed"
    assert server.headers[0]["accept-encoding"] == "gzip"


def test_a_small_answer_that_swells_is_stopped_in_time(server: Server) -> None:
    server.say("/", gzip.compress(b"\0" * 300_000_000, 9), content_encoding="gzip")
    assert why(server) == "too_large"


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (gzip.compress(b"half of this" * 99)[:-20], "gzip"),
        (b"not packed", "gzip"),
        (gzip.compress(b"one") + gzip.compress(b"two"), "gzip"),
        (gzip.compress(gzip.compress(b"twice")), "gzip, gzip"),
        (zlib.compress(b"other"), "deflate"),
        (b"", "gzip"),
    ],
)
def test_what_cannot_be_unpacked_is_no_answer(server: Server, body: bytes, encoding: str) -> None:
    server.say("/", body, content_encoding=encoding)
    assert why(server) == "broken"


def test_an_answer_that_breaks_off_is_no_answer(server: Server) -> None:
    server.then("/", Reply(b'{"data": [', headers={"Content-Length": "500", "Connection": "close"}))
    server.then(
        "/chunked",
        lambda handler: handler.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhal"),
    )
    server.then("/nonsense", lambda handler: handler.wfile.write(b"I am no web server\r\n\r\n"))
    server.then("/headers", lambda handler: handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 999))
    server.then("/silent", http_stub.hang_up)
    for path in ("/silent", "/headers", "/nonsense", "/chunked"):
        assert why(server, path) == "broken", path
    answers = server.answers["/"]
    answers[0] = lambda handler: handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{")
    assert why(server) == "broken"


@pytest.mark.parametrize("act", [http_stub.drip, http_stub.drip_headers, http_stub.silence])
def test_a_server_that_takes_its_time_is_left_when_ours_is_over(server: Server, act: http_stub.Act) -> None:
    server.then("/", act)
    assert why(server, limits=Limits(whole=0.4)) == "timeout"


def test_a_silent_server_is_asked_again_as_long_as_there_is_time(server: Server) -> None:
    server.then("/", http_stub.silence, Reply(b"awake"))
    assert ask(server, limits=Limits(read=0.2)).body == b"awake"


def test_the_time_is_that_of_all_requests_together(server: Server) -> None:
    server.say("/", "fine")
    pace = http_stub.without_waiting()
    outbound = Outbound(frozenset({server.name}), pace=pace)
    outbound.get(server.url)
    pace.sleep(301)
    with pytest.raises(OutboundError) as error:
        outbound.get(server.url)
    assert error.value.reason == "timeout"
    assert len(server.asked) == 1


def test_nobody_is_asked_more_than_once_a_second(server: Server) -> None:
    server.say("/", "fine")
    pace = http_stub.without_waiting()
    for _client in range(2):
        outbound = Outbound(frozenset({server.name}), pace=pace)
        outbound.get(server.url)
        outbound.get(server.url)
    assert len(pace.slept) == 3
    assert all(0.8 < wait <= 1 for wait in pace.slept)


# What is tried again


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_busy_server_is_asked_three_times_more(server: Server, status: int) -> None:
    server.say("/", status=status)
    assert why(server) == "busy"
    assert len(server.asked) == 4


@pytest.mark.parametrize("status", [204, 304, 400, 401, 403, 404, 410, 418])
def test_a_refusal_is_final(server: Server, status: int) -> None:
    server.say("/", status=status, location="/")
    with pytest.raises(OutboundError) as error:
        ask(server)
    assert (error.value.reason, error.value.status, len(server.asked)) == ("refused", status, 1)


def test_a_server_that_recovers_answers(server: Server) -> None:
    server.then("/", Reply(status=503), Reply(status=500), Reply(b"well again"))
    assert ask(server).body == b"well again"


def test_the_wait_that_a_server_wants_is_kept(server: Server) -> None:
    server.then("/", Reply(status=429, headers={"Retry-After": "90"}), Reply(b"now"))
    pace = http_stub.without_waiting()
    assert Outbound(frozenset({server.name}), pace=pace).get(server.url).body == b"now"
    assert pace.slept == [90]


@pytest.mark.parametrize("wait", ["121", "86400", "99999999999999999999", "Fri, 01 Jan 2100 00:00:00 GMT"])
def test_who_wants_more_than_two_minutes_is_left_alone(server: Server, wait: str) -> None:
    server.say("/", status=503, retry_after=wait)
    assert why(server) == "busy"
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7),
        ("0", 0),
        ("Tue, 28 Jan 2025 12:01:00 GMT", 60),
        ("Tue, 28 Jan 2025 11:00:00 GMT", 0),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("٣", None),
    ],
)
def test_the_wait_is_read_in_seconds_or_as_a_date(header: str, seconds: float | None) -> None:
    assert client.retry_after(header, datetime(2025, 1, 28, 12, tzinfo=UTC)) == seconds


# Conditional requests


def test_what_has_not_changed_is_not_sent_again(server: Server) -> None:
    server.say("/", "first", etag='"1"', last_modified="Tue, 28 Jan 2025 12:00:00 GMT")
    first = ask(server)
    server.say("/", status=304)
    again = ask(server, etag=first.headers["etag"], modified=first.headers["last-modified"])
    assert (first.not_modified, again.not_modified, again.body) == (False, True, b"")
    assert server.headers[1]["if-none-match"] == '"1"'
    assert server.headers[1]["if-modified-since"] == "Tue, 28 Jan 2025 12:00:00 GMT"


def test_what_is_wanted_is_said(server: Server) -> None:
    server.say("/", "{}")
    ask(server, accept="application/json")
    assert server.headers[0]["accept"] == "application/json"
    assert "cookie" not in server.headers[0]
    assert "authorization" not in server.headers[0]


def test_no_thread_is_left_behind(server: Server) -> None:
    before = set(threading.enumerate())
    server.say("/", "fine")
    ask(server)
    begun = [each for each in set(threading.enumerate()) - before if isinstance(each, threading.Timer)]
    timers = [each for each in begun if each.function.__module__ == exchange.__name__]  # those of mails are not ours
    for timer in timers:
        timer.join(60)  # a cancelled one needs a moment to end, on a busy machine a long one
    assert not any(timer.is_alive() for timer in timers)
