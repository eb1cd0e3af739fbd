"""Addresses of the reviewers' screens below ``/admin/organisations/``."""

from django.urls import path

from directory.review import views

app_name = "review"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("<int:page_id>/", views.submission, name="submission"),
    path("<int:page_id>/offline/", views.offline, name="offline"),
]
