"""Views of this app below ``/<language>/``."""

from django.urls import include, path

from directory.confirming import answer

urlpatterns = [
    path("still-correct/<str:token>/", answer.still_correct, name="still_correct"),
    path("my/", include("directory.joining.urls")),
    path("my/", include("directory.portal.urls")),
]
