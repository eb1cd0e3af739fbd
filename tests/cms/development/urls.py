"""The addresses of `make dev` but for those of the debug toolbar, which the test settings do not install."""

from django.urls import path

from cms.development import mails

urlpatterns = [
    path("dev/mails/", mails.index, name="dev_mails"),
    path("dev/mails/<slug:name>/", mails.show, name="dev_mail"),
    path("dev/mails/<slug:name>/html/", mails.html, name="dev_mail_html"),
]
