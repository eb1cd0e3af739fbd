"""The ways in which a visitor gets a calendar into their own: addresses for programs and for the usual services."""

from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

GOOGLE = "https://calendar.google.com/calendar/render"
OUTLOOK = "https://outlook.live.com/calendar/0/addfromweb"


@dataclass(frozen=True)
class Subscription:
    """``address``: absolute address of a calendar; ``name`` is what the services are told to call it."""

    address: str
    name: str

    @property
    def webcal(self) -> str:
        """What calendar programs on phones and computers answer to."""
        return urlsplit(self.address)._replace(scheme="webcal").geturl()

    @property
    def google(self) -> str:
        return f"{GOOGLE}?{urlencode({'cid': self.webcal})}"

    @property
    def outlook(self) -> str:
        return f"{OUTLOOK}?{urlencode({'url': self.address, 'name': self.name})}"
