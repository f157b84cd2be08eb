"""System checks: what the operator should hear before the first reader does."""

import os
from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register

_KNOWN = frozenset(
    """
    READER_ALLOWED_HOSTS READER_BIND READER_DATA_DIR READER_FETCH_PROXY READER_FETCH_RESOLVE READER_PUBLIC_URL
    READER_SECRET_KEY READER_SIGNUP READER_SITE_RULES_DIR READER_SITE_RULES_URL READER_TRUSTED_PROXIES
    READER_USER_AGENT
    READER_LEASE_SECONDS READER_LOG_FORMAT READER_SERVE_ASSETS READER_STORAGE
    READER_S3_ACCESS_KEY_ID READER_S3_BUCKET READER_S3_ENDPOINT_URL READER_S3_REGION
    READER_S3_SECRET_ACCESS_KEY
    READER_METRICS_TOKEN READER_MIN_FREE_MB
    """.split()
)


@register()
def check_environment_names(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """A misspelt variable would silently leave the default in force."""
    unknown = sorted(name for name in os.environ if name.startswith("READER_") and name not in _KNOWN)
    return [
        Warning(
            f"The environment variable {name} means nothing to Teduh.",
            hint="README.md lists the variables.",
            id="reader.W001",
        )
        for name in unknown
    ]


@register(Tags.security, deploy=True)
def check_public_url(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Without it, a site reached from elsewhere has no secure cookies."""
    if settings.IS_HTTPS:
        return []
    return [
        Warning(
            "READER_PUBLIC_URL is not an https address.",
            hint="Set it to the address that people use, for example https://teduh.example.",
            id="reader.W002",
        )
    ]
