"""Addresses below ``/<language>/my/`` that are about people."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
