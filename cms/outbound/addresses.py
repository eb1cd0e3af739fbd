"""Which addresses may be fetched: how they are written, and where they lead."""

import ipaddress
import re
import socket
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from cms.outbound import errors

Resolve = Callable[[str, int], list[str]]
"""The IP addresses of a host; ``OSError`` when there are none."""

WRITTEN_WRONG = re.compile(r"[\x00-\x20\x7f\\]")
"""Programs disagree on what these mean inside an address."""
NOT_ON_INTERNET = tuple(
    map(
        ipaddress.ip_network,
        (
            # IANA's registries of special-purpose addresses: what is not globally reachable, and what leads elsewhere
            # in disguise. Python knows most of it, in some versions less.
            *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
            *("192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24"),
            *("203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
            # Anycast of AS112 and AMT: services of the network itself, no servers of anybody.
            *("192.31.196.0/24", "192.52.193.0/24", "192.175.48.0/24"),
        ),
    )
)
IPV6_ON_INTERNET = ipaddress.ip_network("2000::/3")
"""What IANA has given out as global unicast."""
IPV6_NOT_ON_INTERNET = tuple(
    map(
        ipaddress.ip_network,
        # Protocols (Teredo, ORCHID, benchmarks), documentation, 6to4, AS112, documentation.
        ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20"),
    )
)


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart. ``name`` stands for host and port in the allow-list."""

    name: str
    scheme: str
    host: str
    port: int
    path: str


def host_of(url: str) -> str:
    """How an allow-list names the server of ``url``; raises ``OutboundError`` for what is never fetched."""
    return target(url).name


def target(url: str) -> Target:
    """``url`` if it is https to port 443 without user and password, or plain http to a server of the tests."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise errors.address(url) from None
    if WRITTEN_WRONG.search(url) or "@" in parts.netloc:
        raise errors.address(url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if _is_of_tests(parts):
        return Target(parts.netloc, "http", parts.hostname or "", port or 80, path)
    host = _in_ascii(parts.hostname or "", url)
    if parts.scheme != "https" or not host or port not in (None, 443):
        raise errors.address(url)
    return Target(host, "https", host, 443, path)


def _is_of_tests(parts: SplitResult) -> bool:
    """``OUTBOUND_TEST_HOSTS`` names servers on this machine, to which tests may speak plain http."""
    return parts.scheme == "http" and parts.netloc in settings.OUTBOUND_TEST_HOSTS


def _in_ascii(host: str, url: str) -> str:
    try:
        return host.lower() if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        raise errors.address(url) from None


def resolved(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(sockaddr[0]) for *_family, sockaddr in found))


def checked(target: Target, resolve: Resolve) -> list[str]:
    """The IP addresses of ``target``, all of them on the internet; raises ``OutboundError``."""
    if target.scheme == "http":
        return [target.host]  # written out in the settings
    try:
        found = resolve(target.host, target.port)
    except (OSError, UnicodeError):
        raise errors.unresolved(target.host) from None
    if not found:
        raise errors.unresolved(target.host)
    if not all(map(is_on_internet, found)):
        raise errors.private(target.host)
    return found


def is_on_internet(address: str) -> bool:
    """False for this machine, private networks, groups, and whatever may lead there in disguise."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        is_given_out = found in IPV6_ON_INTERNET and not found.scope_id
        return found.is_global and is_given_out and not any(found in each for each in IPV6_NOT_ON_INTERNET)
    return found.is_global and not any(found in each for each in NOT_ON_INTERNET)
