"""Fetching from servers that somebody named in a form: a client that leaves no allow-list.

>>> Outbound(frozenset({"ratsinfo.example"})).get("https://ratsinfo.example/oparl/system").body

https on port 443 only, and only to hosts of the list; so it is for the first address and for every redirect. The name
is resolved once, its addresses are checked, and the line is opened to exactly these. Answers are read as a stream, with
limits on time and on their unpacked size. Whatever goes wrong is an ``OutboundError`` with a sentence for people.
"""

from cms.outbound.addresses import host_of
from cms.outbound.client import Answer, Outbound
from cms.outbound.errors import OutboundError
from cms.outbound.exchange import Limits

__all__ = ["Answer", "Limits", "Outbound", "OutboundError", "host_of"]
