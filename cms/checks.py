"""House rules that Django's ``check`` verifies at every start."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError
from wagtail.models import Page, Site, get_page_models

from cms.bin.models import Bin
from cms.http import proxies
from cms.localization import languages
from cms.open_data.licence import OpenDataSettings
from cms.pages.references import PageForm
from cms.routing import content_version
from cms.search import changes


@register(Tags.translation)
def language_completeness(**_options: Any) -> list[CheckMessage]:
    """Every language needs a catalogue, Django's language information and the right direction."""
    problems: list[CheckMessage] = []
    for language in languages.LANGUAGES:
        code, folder = language.code, languages.catalogue_folder(language.code)
        catalogue = Path(settings.LOCALE_PATHS[0], folder, "LC_MESSAGES", "django.po")
        if not catalogue.exists():
            problems.append(Error(f"The language {code} has no catalogue locale/{folder}.", id="cms.E001"))
        elif not catalogue.with_suffix(".mo").exists():
            problems.append(
                Warning(f"The catalogue of {code} is not compiled.", hint="manage.py compile_catalogues", id="cms.W001")
            )
        if LANG_INFO.get(code, {}).get("code") != code:
            problems.append(Error(f"The language {code} has no entry in LANG_INFO.", id="cms.E002"))
        if (language.direction == "rtl") != (code.split("-")[0] in settings.LANGUAGES_BIDI):
            problems.append(Error(f"Direction of {code} and LANGUAGES_BIDI disagree.", id="cms.E003"))
    return problems


@register(Tags.security)
def page_forms_are_guarded(**_options: Any) -> list[CheckMessage]:
    """The editor's form of every page type refuses references that its user may not choose; the bin is not edited."""
    return [
        Error(
            f"The form of {model._meta.label} takes references that its user may not choose.",
            hint="Let its base_form_class extend cms.references.PageForm.",
            id="cms.E005",
        )
        for model in get_page_models()
        if model not in (Page, Bin) and not issubclass(model.base_form_class, PageForm)
    ]


@register(Tags.security, deploy=True)
def bucket_is_private(**_options: Any) -> list[CheckMessage]:
    """Uploaded files are asked for at the site; a bucket that answers everybody shows the private ones too."""
    from cms.outbound import s3_storage

    if s3_storage.answers_everybody():
        hint = "Take away its public policy and the objects' public ACLs: docs/operating.md, Files."
        return [Error("Everybody may read the files in the bucket of STORAGE_URL.", hint=hint, id="cms.E006")]
    return []


@register(Tags.database, Tags.security, deploy=True)
def no_demo_accounts(databases: Any = None, **_options: Any) -> list[CheckMessage]:
    """A city's installation has no account of the demo content."""
    if settings.DEMO_ACCOUNTS_ALLOWED:
        return []
    try:
        count = get_user_model().objects.filter(is_demo=True).count()
    except DatabaseError:
        return []  # no table yet, or no database: Django's own checks say so
    if count:
        return [Error(f"{count} demo accounts exist.", hint="manage.py remove_examples", id="cms.E004")]
    return []


@register(Tags.database, Tags.security, deploy=True)
def holes_can_be_told(databases: Any = None, **_options: Any) -> list[CheckMessage]:
    """Each Site says where to report a hole."""
    try:
        told = OpenDataSettings.objects.exclude(security_email="").values("site")
        silent = [str(site) for site in Site.objects.exclude(pk__in=told)]
    except DatabaseError:
        return []
    hint = "Settings, “Open data and security”: email address for security reports."
    return [
        Warning(
            f"{site} has no /.well-known/security.txt: nobody learns where to report a hole.", hint=hint, id="cms.W004"
        )
        for site in silent
    ]


@register(Tags.security, deploy=True)
def proxies_fit(**_options: Any) -> list[CheckMessage]:
    """What requests of the last two days have shown about the proxy in front."""
    hint = "See “Behind a proxy” in docs/operating.md."
    return [Warning(finding, hint=hint, id="cms.W002") for finding in proxies.findings()]


@register(Tags.database, Tags.security, deploy=True)
def changes_are_counted(databases: Any = None, **_options: Any) -> list[CheckMessage]:
    """Every table that public pages read counts its changes: by that, what was kept of them is known to be old."""
    try:
        lacking = content_version.missing() if content_version.is_installed() else []
    except DatabaseError:
        return []
    if lacking:
        hint = "manage.py migrate"
        return [Warning(f"Changes of these tables are not counted: {', '.join(lacking)}.", hint=hint, id="cms.W003")]
    return []


@register(Tags.database, deploy=True)
def search_follows(databases: Any = None, **_options: Any) -> list[CheckMessage]:
    """Every change of what documents of the search are made of is noted."""
    try:
        lacking = changes.missing() if content_version.is_installed() else []
    except DatabaseError:
        return []
    if lacking:
        hint = "manage.py migrate"
        return [Warning(f"The search misses changes of: {', '.join(lacking)}.", hint=hint, id="cms.W005")]
    return []
