"""Addresses below ``/<language>/my/<organisation>/events/``."""

from django.urls import path

from dates.portal import views

urlpatterns = [
    path("", views.events, name="my_events"),
    path("add/", views.add, name="my_event_add"),
    path("<uuid:event_key>/", views.change, name="my_event"),
    path("<uuid:event_key>/copy/", views.copy, name="my_event_copy"),
    path("<uuid:event_key>/cancel/", views.cancelling, name="my_event_cancel"),
    path("<uuid:event_key>/submit/", views.submit, name="my_event_submit"),
    path("<uuid:event_key>/withdraw/", views.withdraw, name="my_event_withdraw"),
]
