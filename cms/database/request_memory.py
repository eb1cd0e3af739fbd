"""What one screen asks the database again and again, asked once: within a request that only reads.

Nothing is remembered in requests that may write (POST and the like), in jobs and in commands, nor past the first write
of one that reads. So no right outlives a request, nor a change within it.
"""

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, TypeVar, cast

from django.db import connection
from django.http import HttpRequest, HttpResponseBase

READING = frozenset({"GET", "HEAD"})
PRESENCE = "wagtailadmin_editingsession"
"""Table in which Wagtail notes, while it shows an editor, who has it open: nothing that is asked depends on it."""
Answer = TypeVar("Answer")

_memory: ContextVar[dict[Any, Any] | None] = ContextVar("request_memory", default=None)


def remembered(question: tuple[Any, ...], ask: Callable[[], Answer]) -> Answer:
    """The answer of ``ask``, which may be an older one within the same request.

    ``question`` says all that the answer depends on beside the database: whose right, on which page.
    """
    memory = _memory.get()
    if memory is None:
        return ask()
    if question not in memory:
        answer = ask()
        memory[question] = answer  # after asking, which may have written
    return cast(Answer, memory[question])


def note(question: tuple[Any, ...], answer: Any) -> None:
    """An answer that came with others, for who asks later."""
    memory = _memory.get()
    if memory is not None:
        memory[question] = answer


def is_remembering() -> bool:
    """Whether it pays to ask about all rows at once."""
    return _memory.get() is not None


class RequestMemoryMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        memory: dict[Any, Any] | None = {} if request.method in READING else None
        token = _memory.set(memory)
        try:
            if memory is None:
                return self.get_response(request)
            with connection.execute_wrapper(_forgets_at_write(memory)):
                return self.get_response(request)
        finally:
            _memory.reset(token)


def _forgets_at_write(memory: dict[Any, Any]) -> Callable[..., Any]:
    """Everything but a plain SELECT empties the memory: a lock was perhaps waited for, a savepoint taken back."""

    def run(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
        text = str(sql)
        if (text[:6].upper() != "SELECT" or " FOR UPDATE" in text) and PRESENCE not in text:
            memory.clear()
        return execute(sql, params, many, context)

    return run
