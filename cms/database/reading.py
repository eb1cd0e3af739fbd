"""Who only reads: requests by GET and HEAD. Only SQLite asks, which has one lock for all who write."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponseBase

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

_only_reads: ContextVar[bool] = ContextVar("only_reads", default=False)


def is_expected_to_read() -> bool:
    """Whether what runs here may be expected to read only; it may write all the same."""
    return _only_reads.get()


@contextmanager
def reading() -> Iterator[None]:
    """Transactions that are begun inside take the lock for writing at their first write, not at their first query."""
    token = _only_reads.set(True)
    try:
        yield
    finally:
        _only_reads.reset(token)


class ReadingMiddleware:
    """Comes first: whatever another middleware asks of the database is part of the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in SAFE:
            return self.get_response(request)
        with reading():
            return self.get_response(request)
