"""Addresses below ``/<language>/my/`` that are about the organisation."""

from django.urls import path

from directory.portal import dashboard

urlpatterns = [
    path("", dashboard.choose, name="my"),
    path("<uuid:key>/", dashboard.dashboard, name="my_organisation"),
]
