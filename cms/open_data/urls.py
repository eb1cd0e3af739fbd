from django.urls import path, re_path

from cms.open_data import views

NAME = r"^(?P<name>[a-z]{1,32})"

urlpatterns = [
    path("", views.about, name="open_data"),
    path("openapi.json", views.description, name="open_data_description"),
    re_path(NAME + r"\.json$", views.as_json, name="open_data_json"),
    re_path(NAME + r"\.csv$", views.as_csv, name="open_data_csv"),
    re_path(NAME + r"\.geojson$", views.as_geojson, name="open_data_geojson"),
    re_path(NAME + r"/(?P<key>[0-9a-f-]{36})\.json$", views.one, name="open_data_one"),
]
