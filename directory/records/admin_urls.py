"""Addresses below ``/admin/organisations/records/``."""

from django.urls import path

from directory.records import decisions, invitation_runs, views

urlpatterns = [
    path("", views.index, name="index"),
    path("<int:pk>/", views.record, name="record"),
    path("<int:pk>/invite/", views.invite, name="invite"),
    path("<int:pk>/remove/<int:user_pk>/", views.remove, name="remove"),
    path("invitations/", invitation_runs.invitations, name="invitations"),
    path("invitations/<int:pk>/revoke/", views.change_invitation, {"action": "revoke"}, name="revoke"),
    path("invitations/<int:pk>/again/", views.change_invitation, {"action": "again"}, name="again"),
    path("invite-all/", invitation_runs.invite_all, name="invite_all"),
    path("runs/<int:pk>/", invitation_runs.run, name="run"),
    path("requests/", decisions.index, name="requests"),
    path("requests/<int:pk>/", decisions.decide, name="request"),
]
