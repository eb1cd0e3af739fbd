"""Views of this app below ``/<language>/``."""

from django.urls import include, path

from directory.profile_checks import answer

urlpatterns = [
    path("data/hsds/", include("directory.open_data.urls")),
    path("still-correct/<str:token>/", answer.still_correct, name="still_correct"),
    path("my/", include("directory.accounts.urls")),
    path("my/", include("directory.portal.urls")),
]
