from django.apps import AppConfig
from django.db.models.signals import post_migrate


class HomeConfig(AppConfig):
    name = "home"

    def ready(self) -> None:
        from cms import mail
        from cms.accounts import roles
        from cms.jobs import clearing
        from cms.routing import layout
        from home import barrier, setting_up
        from home.barrier import BarrierReport
        from home.step_by_step import belonging

        post_migrate.connect(setting_up.remove_greeting, sender=self, dispatch_uid="home.greeting")
        for name in (roles.PRESS, roles.ADMINISTRATORS):
            roles.register(name, "home.view_barrierreport", "home.change_barrierreport")
        layout.register(belonging.above)
        clearing.register(lambda: BarrierReport.objects.over())
        mail.register(barrier.WRITER, mail.Writer(barrier.write))
