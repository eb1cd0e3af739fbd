"""Which answers are made smaller on their way."""

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware

TEXT = ("text/", "application/json", "application/ld+json", "application/javascript", "application/xml")


class TextCompressionMiddleware(GZipMiddleware):
    """Django's, for texts and drawings only: pictures, films and parts of a file are sent as they are."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip()
        if response.status_code == 206 or not (kind.startswith(TEXT) or kind.endswith("+xml")):
            return response
        return super().process_response(request, response)
