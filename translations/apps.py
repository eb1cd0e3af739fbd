from django.apps import AppConfig


class TranslationsConfig(AppConfig):
    name = "translations"

    def ready(self) -> None:
        from cms import roles
        from translations import permissions  # noqa: F401 (connects its signal)

        roles.register(roles.PRESS, "wagtail_localize.submit_translation")
