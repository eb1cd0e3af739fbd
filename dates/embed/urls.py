"""Addresses without a language, which stands in ``?lang=``."""

from django.urls import path

from dates.embed import embedded

urlpatterns = [path("organisation/<uuid:key>/", embedded.organisation, name="embedded_organisation")]
