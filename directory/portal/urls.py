"""Addresses below ``/<language>/my/`` that are about the organisation."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
