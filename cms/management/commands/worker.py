"""Does background jobs until it is told to stop."""

from typing import Any

from django.utils.autoreload import run_with_reloader
from django_tasks_db.management.commands import db_worker

from cms.jobs.worker import Worker


class Command(db_worker.Command):
    help = "Does background jobs, outlives an outage of the database, and takes up again what dead workers left."

    def handle(self, **options: Any) -> None:
        self.configure_logging(options["verbosity"])
        excluded = options["exclude_queues"]
        worker = Worker(
            queue_names=options["queue_name"].split(","),
            excluded_queue_names=excluded.split(",") if excluded else [],
            **{name: options[name] for name in ("interval", "batch", "backend_name", "startup_delay", "max_tasks")},
            worker_id=options["worker_id"],
        )
        worker.configure_signals()
        if options["reload"] and not options["batch"]:
            run_with_reloader(worker.run)
        else:
            worker.run()
