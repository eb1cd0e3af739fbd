"""Addresses below ``/<language>/my/<organisation>/events/``."""

from django.urls import path

from dates.portal import check, picture, preview, single_dates, steps, views

urlpatterns = [
    path("", views.events, name="my_events"),
    path("add/", steps.add, name="my_event_add"),
    path("<uuid:event_key>/", check.check, name="my_event"),
    *(
        path(f"<uuid:event_key>/{step.key.replace('_', '-')}/", steps.step, {"step": step}, name=step.url_name)
        for step in steps.STEPS
    ),
    path("<uuid:event_key>/picture/", picture.picture, name="my_event_picture"),
    path("<uuid:event_key>/preview/<str:language>/", preview.preview, name="my_event_preview"),
    path("<uuid:event_key>/dates/", single_dates.single_dates, name="my_event_dates"),
    path("<uuid:event_key>/copy/", views.copy, name="my_event_copy"),
    path("<uuid:event_key>/cancel/", views.cancelling, name="my_event_cancel"),
    path("<uuid:event_key>/reinstate/", views.reinstating, name="my_event_reinstate"),
    path("<uuid:event_key>/delete/", views.delete, name="my_event_delete"),
    path("<uuid:event_key>/submit/", views.submit, name="my_event_submit"),
    path("<uuid:event_key>/withdraw/", views.withdraw, name="my_event_withdraw"),
]
