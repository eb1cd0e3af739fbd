"""Addresses below ``/<language>/my/`` that are about people."""

from django.urls import URLPattern, URLResolver, path

from directory.accounts import access_request, account, colleagues, invitation, login, passwords

urlpatterns: list[URLPattern | URLResolver] = [
    path("login/", login.log_in, name="my_login"),
    path("logout/", login.log_out, name="my_logout"),
    path("password/", passwords.ask_for_link, name="my_password"),
    path("password/<str:uidb64>/<str:token>/", passwords.set_password, name="my_new_password"),
    path("invitation/<str:token>/", invitation.answer, name="my_invitation"),
    path("register/", access_request.register, name="my_register"),
    path("access/<uuid:key>/", access_request.ask, name="my_access"),
    path("account/", account.account, name="my_account"),
    path("account/password/", account.change_password, name="my_change_password"),
    path("account/email/", account.change_email, name="my_change_email"),
    path("account/email/<str:token>/", account.confirm_email, name="my_confirm_email"),
    path("account/consents/<int:pk>/withdraw/", account.withdraw_consent, name="my_withdraw_consent"),
    path("account/data/", account.data, name="my_data"),
    path("account/delete/", account.delete, name="my_delete"),
    path("<uuid:key>/colleagues/", colleagues.colleagues, name="my_colleagues"),
    path("<uuid:key>/colleagues/<int:pk>/remove/", colleagues.remove, name="my_remove"),
    path("<uuid:key>/colleagues/leave/", colleagues.leave, name="my_leave"),
    path("<uuid:key>/colleagues/invitations/<int:pk>/revoke/", colleagues.revoke, name="my_revoke"),
]
