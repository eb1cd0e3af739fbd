"""Addresses below ``/<language>/data/``."""

from django.urls import path

from cms.open_data import views

urlpatterns = [
    path("", views.about, name="open_data"),
    path("openapi.json", views.description, name="open_data_description"),
    path("<slug:name>.json", views.as_json, name="open_data_json"),
    path("<slug:name>.csv", views.as_csv, name="open_data_csv"),
    path("<slug:name>.geojson", views.as_geojson, name="open_data_geojson"),
    path("<slug:name>/<uuid:key>.json", views.one, name="open_data_one"),
]
