"""Django settings; every choice of the operator comes from the environment and is read strictly."""

import contextlib
import os
import secrets
import tempfile
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from reader import __version__, env
from reader.doorbell import QueueConnection
from reader.fetching import parse_proxy, parse_resolve
from reader.storing import on_disk, read_storages

BASE_DIR = Path(__file__).resolve().parent.parent


def _read_data_dir() -> Path:
    data_dir = env.read_path("READER_DATA_DIR", BASE_DIR / "data")
    try:
        data_dir.mkdir(parents=True, exist_ok=True, mode=0o750)
        with tempfile.TemporaryFile(dir=data_dir):
            pass
    except OSError as error:
        raise ImproperlyConfigured(
            f"The data folder {data_dir} cannot be written ({error.strerror}). "
            "Make it writable for this user, or set READER_DATA_DIR to another folder."
        ) from error
    return data_dir


def _read_secret_key(data_dir: Path) -> str:
    """Return the configured key, else the one kept in the data folder, which is made on first use."""
    configured = env.read_text("READER_SECRET_KEY")
    if configured:
        if len(configured) < 50:
            raise ImproperlyConfigured("READER_SECRET_KEY must have at least 50 random characters.")
        return configured
    kept = data_dir / "secret-key"
    if not kept.exists():
        # Written whole under another name and linked into place, so that two first starts agree on one key.
        with tempfile.NamedTemporaryFile("w", dir=data_dir, prefix=".secret-key-") as fresh:
            fresh.write(secrets.token_urlsafe(64))
            fresh.flush()
            os.fsync(fresh.fileno())
            with contextlib.suppress(FileExistsError):
                os.link(fresh.name, kept)
    return kept.read_text().strip()


DATA_DIR = _read_data_dir()
DEBUG = env.read_bool("DEBUG")
SECRET_KEY = _read_secret_key(DATA_DIR)
READER_BIND = env.read_bind("READER_BIND", "127.0.0.1:8000")
READER_SIGNUP = env.read_choice("READER_SIGNUP", ("closed", "open", "invitation", "approval"), "closed")
READER_USER_AGENT = env.read_text(
    "READER_USER_AGENT", f"Mozilla/5.0 (compatible; Teduh/{__version__}; reader)"
)
READER_FETCH_RESOLVE = env.read_parsed("READER_FETCH_RESOLVE", parse_resolve)
READER_FETCH_PROXY = env.read_parsed("READER_FETCH_PROXY", parse_proxy)
READER_SITE_RULES_DIR = env.read_text("READER_SITE_RULES_DIR")
if READER_SITE_RULES_DIR and not Path(READER_SITE_RULES_DIR).is_dir():
    raise ImproperlyConfigured(f"READER_SITE_RULES_DIR: there is no folder {READER_SITE_RULES_DIR}.")
# The archive that `manage.py update_site_rules` fetches, and where its rules are kept.
READER_SITE_RULES_URL = env.read_text(
    "READER_SITE_RULES_URL", "https://github.com/fivefilters/ftr-site-config/archive/HEAD.tar.gz"
)
SITE_RULES_FOLDER = DATA_DIR / "site-rules" / "current"
if READER_FETCH_RESOLVE and not DEBUG:
    raise ImproperlyConfigured(
        "READER_FETCH_RESOLVE opens a way around the network guard and is for development only: "
        "unset it, or set DEBUG=1 as well."
    )

# How long a killed worker's article waits for the next one; shorter only where tests kill workers.
READER_LEASE_SECONDS = env.read_int("READER_LEASE_SECONDS", 120, least=4, most=3600)
# How kept pictures are sent: by us, or with `accel` by the nginx in front, which reads them from the disk.
READER_SERVE_ASSETS = env.read_choice("READER_SERVE_ASSETS", ("direct", "accel"), "direct")
if READER_SERVE_ASSETS == "accel" and env.read_text("READER_STORAGE", "disk") != "disk":
    raise ImproperlyConfigured("READER_SERVE_ASSETS=accel needs the pictures on disk, not READER_STORAGE=s3.")
# The numbers of /metrics are for who knows the token; without one, there is no such page.
READER_METRICS_TOKEN = env.read_token("READER_METRICS_TOKEN")
# Whether strangers may read how many reports and take-downs there were.
READER_TRANSPARENCY = env.read_bool("READER_TRANSPARENCY")
# With less space than this, /health/ready says no.
READER_MIN_FREE_MB = env.read_int("READER_MIN_FREE_MB", 200)
READER_LOG_FORMAT = env.read_choice("READER_LOG_FORMAT", ("text", "json"), "text")

# The address people use, such as https://teduh.example; with https, cookies are Secure and HSTS is sent.
READER_PUBLIC_URL = env.read_public_url("READER_PUBLIC_URL")
IS_HTTPS = READER_PUBLIC_URL.startswith("https://")
_public_host = READER_PUBLIC_URL.partition("://")[2].partition(":")[0]

ALLOWED_HOSTS = env.read_list("READER_ALLOWED_HOSTS", ("localhost", "127.0.0.1", "[::1]"))
if _public_host and _public_host not in ALLOWED_HOSTS:
    ALLOWED_HOSTS.append(_public_host)
CSRF_TRUSTED_ORIGINS = [READER_PUBLIC_URL] if READER_PUBLIC_URL else []

INSTALLED_APPS = [
    "reader",
    "reader.desk.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "django_htmx",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "reader.web.middleware.PermissionsPolicyMiddleware",
    "csp.middleware.CSPMiddleware",
    "reader.web.middleware.OddMethodsMiddleware",
    "reader.web.middleware.StorageFailedMiddleware",
    "reader.web.compression.CompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "reader.web.middleware.SetupMiddleware",
    "reader.web.middleware.PersonMiddleware",
    "reader.web.middleware.LoginRequiredMiddleware",
    "reader.web.middleware.ReaderLanguageMiddleware",
    "reader.web.middleware.LastActiveMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "reader.urls"
WSGI_APPLICATION = "reader.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# --- Database, cache, queue, files ---

_SQLITE_OPTIONS = {
    # IMMEDIATE takes the write lock at BEGIN and so waits for it, instead of failing half way.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
}


def _read_database() -> dict[str, Any]:
    url = env.read_text("DATABASE_URL", f"sqlite:///{DATA_DIR / 'teduh.sqlite3'}")
    try:
        database: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    except (dj_database_url.ParseError, dj_database_url.UnknownSchemeError, ValueError) as error:
        raise ImproperlyConfigured("DATABASE_URL must be like postgres://user:password@host/name.") from error
    if database["ENGINE"] == "django.db.backends.sqlite3":
        database["OPTIONS"] = {**database.get("OPTIONS", {}), **_SQLITE_OPTIONS}
    elif database["ENGINE"] != "django.db.backends.postgresql":
        raise ImproperlyConfigured("DATABASE_URL must name SQLite or PostgreSQL.")
    return database


DATABASES = {"default": _read_database()}
IS_SQLITE = DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Shared by all processes, so that a login throttle counts every attempt.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "reader_cache"},
}

# The doorbell only: what is to be done stands in the rows. Tables are made by `manage.py prepare`.
HUEY: dict[str, Any] = {
    "name": "teduh",
    "huey_class": "reader.doorbell.SqliteDoorbell" if IS_SQLITE else "huey.PostgresHuey",
    "immediate": False,
    "results": False,
    "connection": {
        "create_tables": False,
        **(
            {
                "filename": str(DATA_DIR / "queue.sqlite3"),
                "timeout": 20,
                "factory": QueueConnection,
            }
            if IS_SQLITE
            else {"dsn": env.read_text("DATABASE_URL")}
        ),
    },
    # Fetching waits on the network, so threads, and as many as keep two cores busy with what they bring; the
    # poll bounds what a reader waits beyond the publisher.
    "consumer": {"workers": 32, "worker_type": "thread", "initial_delay": 0.05, "max_delay": 0.3},
}

STORAGES = {
    "default": on_disk(DATA_DIR / "files"),
    **read_storages(DATA_DIR),
    "staticfiles": {"BACKEND": "reader.static_files.SlimStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_AUTOREFRESH = False
WHITENOISE_USE_FINDERS = False

# --- Accounts ---

AUTH_USER_MODEL = "reader.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "list"
ACCOUNT_ADAPTER = "reader.web.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
# By address, not by user name: a stranger who fails on purpose must not lock somebody else out.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "5/m/ip,30/h/ip",
    "setup": "5/m/ip",
    "delete_account": "5/m/user",
    "export": "2/m/user",
    # A hundred thousand characters each: who is signed out has no limits of their own.
    "keep_pasted": "60/h/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.read_int("READER_TRUSTED_PROXIES", 0, most=10)

# --- Language and time ---

LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "reader" / "locale"]
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True

# --- What the browser is told ---

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
# Not "no-referrer": with it browsers send `Origin: null` with our own forms, and every POST is refused.
# Other sites are told nothing either way.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "reader.web.views.faults.show_csrf_failed"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_HTTPS
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/", r"^metrics$"]
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "text": {"()": "reader.log.TextFormatter"},
        "json": {"()": "reader.log.JsonFormatter"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": READER_LOG_FORMAT}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        # allauth, httpx and huey tell every step; what matters of it is told by reader.* itself.
        "httpx": {"level": "WARNING"},
        "huey": {"level": "WARNING"},
        # Django's own handlers write lines of their own form.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
    },
}
