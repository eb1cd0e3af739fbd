"""Views of this app below ``/<language>/``."""

from django.urls import path

from home.barrier import report_barrier

urlpatterns = [path("barrier/", report_barrier, name="barrier")]
