"""HSDS's own addresses, which have no ending."""

from django.urls import path

from directory.open_data import hsds_views

urlpatterns = [
    path("", hsds_views.about, name="hsds"),
    path("organizations/<uuid:key>", hsds_views.organization, name="hsds_organization"),
    path("services/<uuid:key>", hsds_views.service, name="hsds_service"),
    path("service_at_locations/<uuid:key>", hsds_views.service_at_location, name="hsds_service_at_location"),
    path("<slug:name>", hsds_views.listed, name="hsds_list"),
]
