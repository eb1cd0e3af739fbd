"""Addresses below ``/admin/organisations/records/``."""

from django.urls import path

from directory.joining import decisions, records, runs

urlpatterns = [
    path("", records.index, name="index"),
    path("<int:pk>/", records.record, name="record"),
    path("<int:pk>/invite/", records.invite, name="invite"),
    path("<int:pk>/remove/<int:user_pk>/", records.remove, name="remove"),
    path("invitations/", runs.invitations, name="invitations"),
    path("invitations/<int:pk>/revoke/", records.change_invitation, {"action": "revoke"}, name="revoke"),
    path("invitations/<int:pk>/again/", records.change_invitation, {"action": "again"}, name="again"),
    path("invite-all/", runs.invite_all, name="invite_all"),
    path("runs/<int:pk>/", runs.run, name="run"),
    path("requests/", decisions.index, name="requests"),
    path("requests/<int:pk>/", decisions.decide, name="request"),
]
