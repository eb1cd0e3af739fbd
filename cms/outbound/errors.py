"""Why an address was not fetched."""

from django.utils.translation import gettext as _


class OutboundError(Exception):
    """Nothing was fetched.

    ``reason`` is a stable word for logs and decisions: ``address``, ``elsewhere``, ``private``, ``unresolved``,
    ``unreachable``, ``certificate``, ``timeout``, ``busy``, ``refused``, ``redirects``, ``too_large``, ``broken``.
    ``sentence`` says it to people in the active language. ``status`` is that of the answer, 0 without one; ``wait``
    the seconds that the server asked for; ``host`` where an answer leads that is not followed.
    """

    def __init__(
        self,
        reason: str,
        sentence: str,
        *,
        status: int = 0,
        retryable: bool = False,
        wait: float | None = None,
        host: str = "",
    ) -> None:
        super().__init__(sentence)
        self.reason = reason
        self.sentence = sentence
        self.status = status
        self.retryable = retryable
        self.wait = wait
        self.host = host


def address(url: str) -> OutboundError:
    sentence = _("“%(url)s” cannot be fetched: an address must begin with https:// and name no user and no port.")
    return OutboundError("address", sentence % {"url": url[:200]})


def elsewhere(host: str) -> OutboundError:
    sentence = _("The server leads to another host (%(host)s), which has not been allowed.")
    return OutboundError("elsewhere", sentence % {"host": host}, host=host)


def private(host: str) -> OutboundError:
    sentence = _("%(host)s is an address inside a network, not on the internet. It is not fetched.")
    return OutboundError("private", sentence % {"host": host})


def unresolved(host: str) -> OutboundError:
    sentence = _("The host %(host)s is not known. Please check the address.")
    return OutboundError("unresolved", sentence % {"host": host}, retryable=True)


def unreachable(host: str) -> OutboundError:
    sentence = _("%(host)s cannot be reached. If this lasts, please check the address.")
    return OutboundError("unreachable", sentence % {"host": host}, retryable=True)


def certificate(host: str) -> OutboundError:
    sentence = _("The certificate of %(host)s is not valid. Nothing was fetched.")
    return OutboundError("certificate", sentence % {"host": host})


def late(host: str) -> OutboundError:
    sentence = _("%(host)s did not answer in time.")
    return OutboundError("timeout", sentence % {"host": host}, retryable=True)


def too_large(host: str) -> OutboundError:
    sentence = _("%(host)s sent more than can be read at once (5 MB).")
    return OutboundError("too_large", sentence % {"host": host})


def broken(host: str) -> OutboundError:
    sentence = _("The answer of %(host)s broke off or cannot be unpacked.")
    return OutboundError("broken", sentence % {"host": host}, retryable=True)


def redirects(host: str) -> OutboundError:
    sentence = _("%(host)s leads from one address to the next without end.")
    return OutboundError("redirects", sentence % {"host": host})


def refusal(host: str, status: int, wait: float | None) -> OutboundError:
    """What a status other than 200 means."""
    words = {"host": host, "status": status}
    if status == 429 or status >= 500:
        sentence = _("%(host)s is busy or out of order (%(status)s).")
        return OutboundError("busy", sentence % words, status=status, retryable=True, wait=wait)
    sentence = _("%(host)s refused the request (%(status)s). Please check the address.")
    return OutboundError("refused", sentence % words, status=status)
