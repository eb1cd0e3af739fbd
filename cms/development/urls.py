"""The addresses of the product, and those that only `make dev` has."""

from django.urls import include, path

from cms.development import mails
from cms.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    path("__debug__/", include("debug_toolbar.urls")),
    path("dev/mails/", mails.index, name="dev_mails"),
    path("dev/mails/<slug:name>/", mails.show, name="dev_mail"),
    path("dev/mails/<slug:name>/html/", mails.html, name="dev_mail_html"),
    *urlpatterns,
]
