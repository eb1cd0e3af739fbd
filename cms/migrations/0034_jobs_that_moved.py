"""What waited or failed under the name that a job had before its module moved goes on under its name of today."""

from django.db import migrations

LOOK = ("dates.following.schedule.look_at", "dates.calendar_import.fetching.look_at")
STEP = ("cms.page_acts.do_again", "cms.pages.steps.do_again")


def rename(apps, schema_editor):
    jobs = apps.get_model("django_tasks_database", "DBTaskResult").objects.exclude(status="SUCCESSFUL")
    jobs.filter(task_path=LOOK[0]).update(task_path=LOOK[1])
    for job in jobs.filter(task_path=STEP[0]):
        given = job.args_kwargs["kwargs"]
        given["noted"] = {"revision": given.pop("revision")}
        job.task_path = STEP[1]
        job.save(update_fields=["task_path", "args_kwargs"])


def name_back(apps, schema_editor):
    jobs = apps.get_model("django_tasks_database", "DBTaskResult").objects.exclude(status="SUCCESSFUL")
    jobs.filter(task_path=LOOK[1]).update(task_path=LOOK[0])
    for job in jobs.filter(task_path=STEP[1]):
        given = job.args_kwargs["kwargs"]
        if set(given["noted"]) == {"revision"}:  # other acts had no steps
            given["revision"] = given.pop("noted")["revision"]
            job.task_path = STEP[0]
            job.save(update_fields=["task_path", "args_kwargs"])


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0033_content_version"),
        ("django_tasks_database", "0021_conditional_partial_index_ordering"),
    ]

    operations = [migrations.RunPython(rename, name_back)]
