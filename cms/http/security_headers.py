"""Response headers that Django does not send by itself."""

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from cms.admin.preview_checks import is_checked
from cms.outbound import s3_storage

ADMIN_PREFIX = "/admin/"


class SecurityHeadersMiddleware(CSPMiddleware):
    """Content-Security-Policy (a strict one for visitors, another for the editor) and Permissions-Policy."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        is_editors = request.path.startswith(ADMIN_PREFIX) or is_checked(request)  # a preview has the page's own path
        if is_editors and not report_only:
            parts.config = {**settings.CONTENT_SECURITY_POLICY["DIRECTIVES"], **settings.ADMIN_CONTENT_SECURITY_POLICY}
        if (files := s3_storage.source()) and not report_only:
            parts.update = {**(parts.update or {}), "img-src": [files], "media-src": [files]}
        return parts

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        if "Content-Security-Policy" in response.headers:
            return response
        return super().process_response(request, response)
