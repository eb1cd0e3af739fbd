"""Addresses below ``/admin/translations/``."""

from django.urls import path

from translations.dashboard import overview
from translations.exchange import views as exchange
from translations.machine import views as machine

urlpatterns = [
    path("", overview.dashboard, name="dashboard"),
    path("table.csv", overview.table, name="csv"),
    path("machine/start/", machine.start, name="machine_start"),
    path("machine/progress/", machine.progress, name="machine_progress"),
    path("machine/<int:run_id>/pause/", machine.pause, name="machine_pause"),
    path("follow/", overview.follow, name="follow"),
    path("page/<int:page_id>/follow/", overview.follow, name="page_follows"),
    path("machine/again/<slug:name>/", machine.try_again, name="machine_again"),
    path("page/<int:page_id>/", overview.languages_of_page, name="languages"),
    path("page/<int:page_id>/<slug:code>/", overview.begin, name="begin"),
    path("<slug:code>/file/", exchange.take_back, name="take_back"),
    path("<slug:code>/file/out/", exchange.send_out, name="send_out"),
    path("<slug:code>/", overview.queue, name="queue"),
]
