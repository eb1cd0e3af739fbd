"""One address of every public template, below ``/<language>``."""

import datetime as dt

NEXT_YEAR = dt.date.today().year + 1
"""The demo content has invented sessions for it: one that was moved, one cancelled, with and without interpreters."""

GERMAN_ONLY = "/aktuelles/nur-auf-deutsch/"
"""Nobody has translated it, so that it shows the fallback; see ``more_articles``."""

PAGES = {
    "home": "/",
    "content": "/projekte/guter-lebensabend/",
    "advice": "/beratung-fuer-vereine/",
    "legal": "/barrierefreiheit/",
    "partners": "/partner/",
    "step-by-step": "/verein-gruenden/",
    "news": "/aktuelles/",
    "news-year": "/aktuelles/2024/",
    "article": "/aktuelles/netzwerktreffen-im-rathaus/",
    "directory": "/organisationen/",
    "directory-filtered": "/organisationen/?language=uk",
    "directory-empty": "/organisationen/?q=gibtesnicht",
    "directory-map": "/organisationen/?map=districts",
    "directory-near": "/organisationen/?near=hohenlimburg",
    "profile": "/organisationen/beispielverein/",
    "profile-incomplete": "/organisationen/ditib-hohenlimburg/",
    "council": "/integrationsrat/",
    "council-year": "/integrationsrat/2025/",
    "council-year-ahead": f"/integrationsrat/{NEXT_YEAR}/",
    "session": "/integrationsrat/2025/1/",
    "session-ahead": f"/integrationsrat/{NEXT_YEAR}/1/",
    "session-moved": f"/integrationsrat/{NEXT_YEAR}/3/",
    "events": "/termine/",
    "events-past": "/termine/archiv/",
    "event": "/termine/beispiel-sprachcafe/",
    "search": "/search/?q=Hagen",
    "search-empty": "/search/?q=gibtesnicht",
    "open-data": "/data/",
    "barrier": "/barrier/?page=/de/",
    "not-found": "/gibt-es-nicht/",
    "fallback": GERMAN_ONLY,
}

ANSWERS = {"not-found": 404}
"""Status codes other than 200."""


def path(language: str, page: str) -> str:
    return f"/{language}{PAGES[page]}"
