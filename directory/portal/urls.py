"""Addresses below ``/<language>/my/`` that are about the organisation."""

from django.urls import path

from directory.portal import dashboard, own_parts, point, preview, sending

urlpatterns = [
    path("", dashboard.choose, name="my"),
    path("<uuid:key>/", dashboard.dashboard, name="my_organisation"),
    *own_parts.urlpatterns,
    path("<uuid:key>/address/point/", point.point, name="my_point"),
    path("<uuid:key>/preview/<str:language>/", preview.preview, name="my_preview"),
    path("<uuid:key>/submit/", sending.submit, name="my_submit"),
    path("<uuid:key>/withdraw/", dashboard.withdraw, name="my_withdraw"),
]
