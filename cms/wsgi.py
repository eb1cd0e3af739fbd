"""WSGI application for the application server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")
# Whoever waits here for a turn to write keeps a thread from those who read; a job can wait longer.
os.environ.setdefault("SQLITE_TIMEOUT", "5")
application = get_wsgi_application()
