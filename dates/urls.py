"""Views of this app below ``/<language>/`` that are no pages."""

from django.urls import include, path

urlpatterns = [path("my/<uuid:key>/events/", include("dates.portal.urls"))]
