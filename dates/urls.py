"""Views of this app below ``/<language>/`` that are no pages."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
