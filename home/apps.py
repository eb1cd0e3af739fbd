from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"

    def ready(self) -> None:
        from cms import mail, roles
        from home import barrier

        for name in (roles.PRESS, roles.ADMINISTRATORS):
            roles.register(name, "home.view_barrierreport", "home.change_barrierreport")
        mail.register(barrier.WRITER, mail.Writer(barrier.write))
