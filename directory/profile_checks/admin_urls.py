"""Addresses below ``/admin/organisations/still-correct/``."""

from django.urls import path

from directory.profile_checks import stale

urlpatterns = [
    path("", stale.index, name="index"),
    path("table.csv", stale.table, name="csv"),
    path("<int:pk>/confirm/", stale.confirm, name="confirm"),
]
