"""One request to one checked address, and its answer within limits."""

import socket
import ssl
import threading
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from http.client import HTTPException

import requests
import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection

from cms.outbound import errors
from cms.outbound.addresses import Target

PART = 65536


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Seconds, and bytes of an answer when unpacked."""

    connect: float = 10
    read: float = 60
    whole: float = 300
    size: int = 5 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Received:
    status: int
    headers: Mapping[str, str]
    body: bytes


@cache
def trusted() -> ssl.SSLContext:
    """The authorities that the machine knows, and those that come with requests."""
    context = ssl.create_default_context()
    context.load_verify_locations(requests.utils.DEFAULT_CA_BUNDLE_PATH)
    return context


def exchange(
    target: Target,
    addresses: list[str],
    headers: Mapping[str, str],
    limits: Limits,
    *,
    seconds: float,
    context: ssl.SSLContext | None = None,
) -> Received:
    """Asks ``target`` at the first of ``addresses`` that takes the line; raises ``OutboundError``.

    Nothing resolves the name again: so it cannot lead elsewhere between the check and the request. After ``seconds``
    the line is cut, whatever has come by then.
    """
    cut = threading.Event()
    try:
        with _line(target, addresses, limits, context) as connection, _cut_after(seconds, connection, cut):
            received = _asked(connection, target, headers, limits)
    except (
        errors.OutboundError,
        HTTPException,
        urllib3.exceptions.HTTPError,
        OSError,
        ValueError,
        zlib.error,
    ) as error:
        raise (errors.late(target.host) if cut.is_set() else _named(error, target.host)) from None
    if cut.is_set():  # an answer of unknown length looks complete when the line is cut
        raise errors.late(target.host)
    return received


def _named(error: Exception, host: str) -> errors.OutboundError:
    if isinstance(error, errors.OutboundError):
        return error
    if isinstance(error, urllib3.exceptions.NewConnectionError | ssl.SSLError):
        return errors.unreachable(host)
    if isinstance(error, TimeoutError | urllib3.exceptions.TimeoutError):
        return errors.late(host)
    return errors.broken(host)


@contextmanager
def _line(
    target: Target, addresses: list[str], limits: Limits, context: ssl.SSLContext | None
) -> Iterator[HTTPConnection]:
    """An open line; an address that does not answer gives way to the next."""
    problem: errors.OutboundError
    for address in addresses:
        connection = _connection(target, address, limits, context)
        try:
            connection.connect()
            break
        except ssl.SSLCertVerificationError:
            connection.close()
            raise errors.certificate(target.host) from None
        except (OSError, urllib3.exceptions.HTTPError) as error:
            problem = _named(error, target.host)
        connection.close()
    else:
        raise problem
    try:
        connection.timeout = limits.read  # set on the line with each request
        yield connection
    finally:
        connection.close()


def _connection(target: Target, address: str, limits: Limits, context: ssl.SSLContext | None) -> HTTPConnection:
    if target.scheme == "http":
        return HTTPConnection(address, target.port, timeout=limits.connect)
    return HTTPSConnection(
        address,
        target.port,
        timeout=limits.connect,
        server_hostname=target.host,
        ssl_context=context or trusted(),
    )


@contextmanager
def _cut_after(seconds: float, connection: HTTPConnection, cut: threading.Event) -> Iterator[None]:
    """Ends the line when its time is over: single bytes, each in time, could keep it open for days."""

    line = connection.sock  # which the connection forgets once it has read the headers

    def end() -> None:
        cut.set()
        with suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(max(seconds, 0), end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _asked(connection: HTTPConnection, target: Target, headers: Mapping[str, str], limits: Limits) -> Received:
    connection.request(
        "GET", target.path, headers={**headers, "Host": target.name}, preload_content=False, decode_content=False
    )
    response = connection.getresponse()
    found = {name.lower(): value for name, value in response.headers.items()}
    if response.status != 200:
        return Received(response.status, found, b"")
    return Received(response.status, found, _body(response, found.get("content-encoding", ""), target, limits))


def _body(response: urllib3.HTTPResponse, encoding: str, target: Target, limits: Limits) -> bytes:
    """The whole answer, unpacked as it comes in, so that a small one cannot swell beyond the limit."""
    packed = encoding.strip().lower()
    if packed not in ("", "identity", "gzip", "x-gzip"):
        raise errors.broken(target.host)
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 16) if packed.endswith("gzip") else None
    received = bytearray()
    while part := response.read1(PART, decode_content=False):
        received += unpack.decompress(part, limits.size + 1) if unpack else part
        if len(received) > limits.size:
            raise errors.too_large(target.host)
    if unpack and (not unpack.eof or unpack.unused_data):
        raise errors.broken(target.host)
    return bytes(received)
