"""What the services that translate by machine have in common.

Every provider speaks HTTP with JSON. Whatever a server answers becomes a list of texts or a ``ProviderError``; waiting
and trying again belong to the caller. Keys appear in no message and in no log.
"""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Protocol

import requests
import urllib3
from django.utils.translation import gettext as _

Timeout = tuple[float, float]
"""Seconds to connect, and seconds without a sign of life; twice the latter is the limit for a whole answer."""

TIMEOUT: Timeout = (5, 60)
LARGEST_ANSWER = 5_000_000
"""Bytes of an answer that are read at most."""
LONGEST_WAIT = 24 * 3600.0
"""Seconds that a server can ask us to wait; beyond that we ask again."""
OUT_OF_SERVICE = frozenset({408, 425, 429, 502, 503, 504, 529})
"""Statuses that speak of the whole service; any other from 500 on may be about what was sent."""


class ProviderError(Exception):
    """A provider did not translate.

    ``reason`` is a stable word for logs and decisions: ``key``, ``quota``, ``busy``, ``broken``, ``timeout``,
    ``unreachable``, ``refused``, ``elsewhere``, ``too_large``, ``empty``, ``unusable``. ``sentence`` says it to people
    in the active language. ``retry_after`` is in seconds, only when the server asked for it.
    """

    def __init__(self, reason: str, sentence: str, *, retryable: bool, retry_after: float | None = None) -> None:
        super().__init__(sentence)
        self.reason = reason
        self.sentence = sentence
        self.retryable = retryable
        self.retry_after = retry_after


class Provider(Protocol):
    """A service that translates German HTML fragments; ``max_*`` hold for one request."""

    @property
    def name(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def max_texts(self) -> int: ...
    @property
    def max_characters(self) -> int: ...

    def can_translate(self, language: str) -> bool: ...

    def translate(self, texts: Sequence[str], language: str) -> list[str]:
        """As many texts in the same order, in one request; raises ``ProviderError`` and nothing else."""
        ...


@dataclass(frozen=True, kw_only=True)
class Service:
    """Address and key of a configured provider. ``languages`` narrows or, for what needs opting in, widens it."""

    url: str
    key: str = field(default="", repr=False)
    languages: frozenset[str] = frozenset()
    timeout: Timeout = TIMEOUT


def post_json(url: str, content: object, *, label: str, timeout: Timeout = TIMEOUT, authorization: str = "") -> Any:
    """What the server at ``url`` answers to ``content``, both JSON; ``ProviderError`` for everything else."""

    def authorized(request: requests.PreparedRequest) -> requests.PreparedRequest:
        # A function even without a key: else requests would send what it finds for the host in ~/.netrc.
        if authorization:
            request.headers["Authorization"] = authorization
        return request

    try:
        with requests.post(
            url,
            data=json.dumps(content, ensure_ascii=False).encode("utf-8", "replace"),
            headers={"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "Miteinander"},
            auth=authorized,
            timeout=timeout,
            allow_redirects=False,
            stream=True,
        ) as response:
            body = _body(response, label, seconds=2 * timeout[1])
    except (requests.Timeout, urllib3.exceptions.TimeoutError):
        raise late(label) from None  # causes name addresses, and headers with keys when those are malformed
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError):
        raise unreachable(label) from None
    if response.status_code != 200:
        raise _refusal(response, body, label)
    if not body.strip():
        raise empty(label)
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise unusable(label) from None


def _body(response: requests.Response, label: str, *, seconds: float) -> bytes:
    """The whole answer; ``ProviderError`` when it grows too large or trickles for too long."""
    received = bytearray()
    until = time.monotonic() + seconds
    while part := response.raw.read1(65536, decode_content=True):
        received += part
        if len(received) > LARGEST_ANSWER:
            sentence = _("%(provider)s sent an endless answer. Please check the address in the settings.")
            raise ProviderError("too_large", sentence % {"provider": label}, retryable=False)
        if time.monotonic() > until:
            raise late(label)
    return bytes(received)


def _refusal(response: requests.Response, body: bytes, label: str) -> ProviderError:
    """What a status other than 200 means. 456 is DeepL's; ``insufficient_quota`` comes from OpenAI with 429."""
    status, words = response.status_code, {"provider": label, "status": response.status_code}
    wait = retry_after(response.headers.get("Retry-After"))
    if status in (402, 456) or (status == 429 and b"insufficient_quota" in body):
        sentence = _("The quota of %(provider)s is used up. Please raise it or wait until it is renewed.")
        return ProviderError("quota", sentence % words, retryable=False, retry_after=wait)
    if status in OUT_OF_SERVICE or status >= 500:
        sentence = _("%(provider)s is busy or out of order (%(status)s). It will be asked again later.")
        reason = "busy" if status in OUT_OF_SERVICE or wait is not None else "broken"
        return ProviderError(reason, sentence % words, retryable=True, retry_after=wait)
    if status in (401, 403):
        sentence = _("%(provider)s refused the key. Please check the key in the settings.")
        return ProviderError("key", sentence % words, retryable=False)
    if 200 <= status < 300:
        return unusable(label) if body.strip() else empty(label)
    if status < 400:
        sentence = _("%(provider)s points to another address (%(status)s). Please check the address in the settings.")
        return ProviderError("elsewhere", sentence % words, retryable=False)
    sentence = _("%(provider)s refused the request (%(status)s). Please check its settings, or translate by hand.")
    return ProviderError("refused", sentence % words, retryable=False)


def retry_after(header: str | None, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> float | None:
    """Seconds of a ``Retry-After`` header (RFC 9110, 10.2.3: seconds or a date), capped; None if unreadable."""
    header = (header or "").strip()
    if header.isascii() and header.isdecimal():
        return min(float(header[:10]), LONGEST_WAIT)
    try:
        date = parsedate_to_datetime(header)
    except (ValueError, OverflowError):
        return None
    seconds = (date.replace(tzinfo=date.tzinfo or UTC) - now()).total_seconds()
    return min(max(seconds, 0.0), LONGEST_WAIT)


def late(label: str) -> ProviderError:
    sentence = _("%(provider)s did not answer in time. It will be asked again later.") % {"provider": label}
    return ProviderError("timeout", sentence, retryable=True)


def unreachable(label: str) -> ProviderError:
    sentence = _("%(provider)s cannot be reached. It will be asked again; if this lasts, please check its address.")
    return ProviderError("unreachable", sentence % {"provider": label}, retryable=True)


def unusable(label: str) -> ProviderError:
    sentence = _("%(provider)s sent an answer that cannot be used. It will be asked again later.")
    return ProviderError("unusable", sentence % {"provider": label}, retryable=True)


def empty(label: str) -> ProviderError:
    sentence = _("%(provider)s sent an empty answer. It will be asked again later.") % {"provider": label}
    return ProviderError("empty", sentence, retryable=True)


def as_many(answer: object, texts: Sequence[str], label: str) -> list[str]:
    """``answer`` if it is a list with one string for each of ``texts``; ``ProviderError`` if not."""
    if isinstance(answer, list) and len(answer) == len(texts) and all(isinstance(text, str) for text in answer):
        return answer
    raise unusable(label)


def chunks(texts: Sequence[str], *, max_texts: int, max_characters: int) -> Iterator[list[str]]:
    """``texts`` in order, in parts that one request can take; a text beyond the limit goes alone."""
    part: list[str] = []
    characters = 0
    for text in texts:
        if part and (len(part) >= max_texts or characters + len(text) > max_characters):
            yield part
            part, characters = [], 0
        part.append(text)
        characters += len(text)
    if part:
        yield part
