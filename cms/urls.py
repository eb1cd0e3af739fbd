"""Addresses: what has no language first, then everything below ``/<language>/``."""

from django.conf.urls.i18n import i18n_patterns
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import views as wagtail_views
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.documents.views import serve as documents

from cms.accounts import account_settings, authentication, second_factor
from cms.admin import page_chooser, reviews
from cms.bin import admin as bin_admin
from cms.http import health, security_txt
from cms.media import delivery
from cms.pages import share_picture
from cms.routing import accent, serving, sitemap
from cms.search import site_search

handler400 = "cms.http.errors.bad_request"
handler403 = "cms.http.errors.forbidden"
handler404 = "cms.http.errors.not_found"
handler500 = "cms.http.errors.server_error"

urlpatterns = [
    path("", serving.start, name="start"),
    path("healthz", health.healthz, name="healthz"),
    path("sitemap.xml", sitemap.index, name="sitemap"),
    path("sitemap-<slug:language>.xml", sitemap.in_language, name="sitemap_in"),
    path("robots.txt", sitemap.robots, name="robots"),
    path(security_txt.ADDRESS, security_txt.security_txt, name="security_txt"),
    path("favicon.ico", lambda request: redirect(static("cms/favicon.svg"))),
    re_path(r"^accent/(?P<digits>[0-9a-f]{6})\.css$", accent.stylesheet, name="accent"),
    # Where Wagtail sends visitors of a page that is behind a log-in; everyone logs in at one place.
    path(
        "login/", RedirectView.as_view(pattern_name="wagtailadmin_login", query_string=True), name="wagtailcore_login"
    ),
    # Wagtail's own sends the mail in the request, whose duration tells whether an address is known.
    re_path("^admin/password_reset/", RedirectView.as_view(pattern_name="my_password")),
    path("admin/account/", account_settings.account_settings),
    path("admin/login/", second_factor.log_in),
    path("admin/pages/", include(bin_admin.search_urls)),
    path("admin/reports/", include((reviews.report_urls, "reviews_report"))),
    path("admin/choose-page/", include(page_chooser.urls)),
    path("admin/second-factor/", second_factor.set_up, name="second_factor"),
    path("admin/second-factor/codes/", second_factor.recovery_codes, name="recovery_codes"),
    path("admin/", include(wagtailadmin_urls)),
    path(
        "documents/authenticate_with_password/<int:restriction_id>/",
        authentication.guess_of_page_password(documents.authenticate_with_password),
    ),
    # In front of Wagtail's view of the same address, whose name it keeps for links.
    re_path(r"^documents/(?P<document_id>\d{1,18})/(?P<document_filename>.*)$", delivery.serve_document),
    path("documents/", include(wagtaildocs_urls)),
    path("embed/", include("dates.embed.urls")),
    re_path(r"^media/(?P<path>.*)$", delivery.serve_media, name="media"),
]

urlpatterns += i18n_patterns(
    path("search/", site_search.search, name="search"),
    path(
        "protected/<int:page_view_restriction_id>/<int:page_id>/",
        authentication.guess_of_page_password(wagtail_views.authenticate_with_password),
        name="wagtailcore_authenticate_with_password",
    ),
    path("card/<uuid:key>/<slug:mark>.png", share_picture.card, name="share_card"),
    path("data/", include("cms.open_data.urls")),
    path("", include("home.urls")),
    path("", include("directory.urls")),
    path("", include("dates.urls")),
    # A page, or a file of it, such as calendar.ics.
    re_path(r"^((?:[\w\-]+/)*(?:[\w\-]+\.(?:ics|xml))?)$", serving.serve, name="wagtail_serve"),
    prefix_default_language=True,
)
