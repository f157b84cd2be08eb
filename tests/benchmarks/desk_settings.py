"""The site's own settings, for a client in this process: no collected files, and the client's host."""

from reader.settings import *  # noqa: F403

ALLOWED_HOSTS = ["testserver"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
