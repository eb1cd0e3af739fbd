"""Addresses below ``/admin/organisations/lists/``."""

from django.urls import path

from directory.spreadsheet import views

urlpatterns = [
    path("", views.start, name="start"),
    path("<int:pk>/reading/", views.reading, name="reading"),
    path("<int:pk>/columns/", views.columns, name="columns"),
    path("<int:pk>/check/", views.check, name="check"),
    path("<int:pk>/", views.result, name="result"),
    path("<int:pk>/refused.csv", views.refused, name="refused"),
    path("organisations.<str:kind>", views.export, name="export"),
    path("template.<str:kind>", views.template, name="template"),
]
