from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"

    def ready(self) -> None:
        from cms import roles

        for name in (roles.PRESS, roles.ADMINISTRATORS):
            roles.register(name, "home.view_barrierreport", "home.change_barrierreport")
