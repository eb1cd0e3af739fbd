"""Views of this app below ``/<language>/``."""

from django.urls import include, path

urlpatterns = [
    path("my/", include("directory.joining.urls")),
    path("my/", include("directory.portal.urls")),
]
