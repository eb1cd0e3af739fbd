"""Addresses below ``/<language>/my/`` that are about people."""

from django.urls import URLPattern, URLResolver, path

from directory.joining import login, passwords

urlpatterns: list[URLPattern | URLResolver] = [
    path("login/", login.log_in, name="my_login"),
    path("logout/", login.log_out, name="my_logout"),
    path("password/", passwords.ask_for_link, name="my_password"),
    path("password/<str:uidb64>/<str:token>/", passwords.set_password, name="my_new_password"),
]
