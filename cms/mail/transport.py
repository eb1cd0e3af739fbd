"""The line to the mail server of ``EMAIL_URL``: bounded in time, and exact about what became of a mail.

The only place that speaks SMTP. Three things can go wrong, and they mean different things for a letter: the server says
no to it (``Refused``), the server cannot be reached or went away before it had the letter (``NoLine``), or it went away
after it got the letter (``NoAnswer``): then nobody knows.
"""

import contextlib
import smtplib
import socket
import threading
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend as DjangoSMTP
from django.utils.module_loading import import_string

LONGEST = 60
"""Seconds for opening the line, and for each letter: a server that sends one byte now and then is cut off, too."""


class Refused(Exception):
    """The server has answered, and does not take this letter; ``is_final`` when asking again is of no use."""

    def __init__(self, error: str, *, is_final: bool) -> None:
        super().__init__(error)
        self.is_final = is_final


class NoLine(Exception):
    """The server cannot be reached, or went away before it had the letter."""


class NoAnswer(Exception):
    """The server went away after it got the letter and before it said yes or no."""


class Watched:
    """Mixed into ``smtplib.SMTP``: says when the letter itself goes out, and ends after ``LONGEST`` seconds."""

    hand_over: Callable[[], None] = staticmethod(lambda: None)
    is_handed_over = False
    sock: socket.socket | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.begin()
        super().__init__(*args, **kwargs)

    def begin(self) -> None:
        """From now on there are ``LONGEST`` seconds."""
        self.end()
        self.is_handed_over = False
        self._cutter = threading.Timer(LONGEST, self._cut)
        self._cutter.daemon = True
        self._cutter.start()

    def end(self) -> None:
        cutter = getattr(self, "_cutter", None)
        if cutter is not None:
            cutter.cancel()

    def _cut(self) -> None:
        if self.sock is not None:
            with contextlib.suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)

    def data(self, message: Any) -> Any:
        self.hand_over()
        self.is_handed_over = True
        return super().data(message)  # type: ignore[misc]

    def close(self) -> None:
        self.end()
        super().close()  # type: ignore[misc]


class WatchedSMTP(Watched, smtplib.SMTP):
    pass


class WatchedSMTPS(Watched, smtplib.SMTP_SSL):
    pass


class SMTP(DjangoSMTP):
    """Django's own, over a watched line."""

    @property
    def connection_class(self) -> Any:
        return WatchedSMTPS if self.use_ssl else WatchedSMTP


class Line:
    """One connection for several letters; opened with the first."""

    def __init__(self) -> None:
        self.backend: Any = None
        self.sent = 0

    def open(self) -> None:
        """Raises NoLine."""
        if self.backend is not None:
            return
        chosen = import_string(settings.MAIL_TRANSPORT)
        backend: Any = SMTP() if issubclass(chosen, DjangoSMTP) else get_connection(settings.MAIL_TRANSPORT)
        try:
            backend.open()
        except (OSError, smtplib.SMTPException) as error:  # wrong passwords and certificates among them
            raise NoLine(_said(error)) from error
        finally:
            if isinstance(getattr(backend, "_partial_connection", None), Watched):
                backend._partial_connection.end()
        self.backend, self.sent = backend, 0

    def send(self, message: EmailMessage, hand_over: Callable[[], None]) -> None:
        """Calls ``hand_over`` in the last moment in which the letter is surely not sent; what that raises stops it.

        Raises Refused, NoLine and NoAnswer.
        """
        self.open()
        connection = getattr(self.backend, "connection", None)
        if isinstance(connection, Watched):
            self._by_smtp(connection, message, hand_over)
        else:
            hand_over()
            self.backend.send_messages([message])
        self.sent += 1

    def _by_smtp(self, connection: Watched, message: EmailMessage, hand_over: Callable[[], None]) -> None:
        connection.hand_over = hand_over
        connection.begin()
        try:
            self.backend.send_messages([message])
        except smtplib.SMTPRecipientsRefused as error:
            code, said = next(iter(error.recipients.values()))
            raise _answer(code, said) from error
        except smtplib.SMTPSenderRefused as error:  # our own address: somebody has to mend that, not the recipient
            raise _answer(error.smtp_code, error.smtp_error, is_final=False) from error
        except smtplib.SMTPResponseException as error:
            raise _answer(error.smtp_code, error.smtp_error) from error
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            if isinstance(error, smtplib.SMTPNotSupportedError):
                raise Refused(_said(error), is_final=False) from error
            raise (NoAnswer if connection.is_handed_over else NoLine)(_said(error)) from error
        finally:
            connection.end()

    def close(self) -> None:
        backend, self.backend = self.backend, None
        if backend is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                backend.close()


def _answer(code: int, said: bytes | str, *, is_final: bool | None = None) -> Refused | NoLine:
    """421 means that the server closes the line. 5.7.x is a policy (relaying, spam): an operator may mend it."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    sentence = f"{code} {' '.join(text.split())}"
    if code == 421:
        return NoLine(sentence)
    if is_final is None:
        is_final = 500 <= code < 600 and not text.lstrip().startswith("5.7.")
    return Refused(sentence, is_final=is_final)


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:300]
