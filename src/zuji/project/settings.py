"""Settings of a home, read from the environment; `docs/operate.md` lists every variable."""

from datetime import timedelta
from pathlib import Path

import environ
import pghistory

from zuji.project import home
from zuji.project.logging import LOGGING  # noqa: F401  (Django reads it from here)

env = environ.Env()

DEBUG = env.bool("ZUJI_DEBUG", default=False)
SECRET_KEY = home.secret("django")
MASTER_KEY = home.secret("master")
BASE_URL = env.str("ZUJI_BASE_URL", default="http://127.0.0.1:8000").rstrip("/")
_HOST = BASE_URL.split("://", 1)[1].split("/", 1)[0].rsplit(":", 1)[0]
ALLOWED_HOSTS = env.list("ZUJI_HOSTS", default=sorted({_HOST, "127.0.0.1", "localhost"}))
CSRF_TRUSTED_ORIGINS = [BASE_URL]
SECURE = BASE_URL.startswith("https://")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "zuji.core",
    "zuji.people",
    "zuji.register",
    "zuji.committee",
    "zuji.checkin",
    "zuji.trail",
    "zuji.briefing",
    "zuji.api",
    "zuji.console",
    "zuji.public",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "zuji.project.static.CompressedFiles",
    "zuji.core.middleware.CompressedPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "zuji.people.viewing.ViewAs",
    "zuji.core.middleware.Refusals",
]

ROOT_URLCONF = "zuji.project.urls"
ASGI_APPLICATION = "zuji.project.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).resolve().parents[1] / "console" / "templates"],  # before allauth's own sign-in pages
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "zuji.core.context.frame",
            ]
        },
    }
]

DATABASES = {"default": env.db_url_config(home.database_url()) | {"CONN_MAX_AGE": 0, "ATOMIC_REQUESTS": False}}
DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {"min_size": 0, "max_size": env.int("ZUJI_POOL", default=8)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "sesame.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "zuji.people.adapters.ClosedSignUp"
ACCOUNT_RATE_LIMITS = {"login_failed": "5/15m/key,50/15m/ip"}  # a whole office may share one address
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "people_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # what forms have made is known for a day
    }
}
MFA_ADAPTER = "zuji.people.second_factor.SealedSecrets"
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1
SESAME_MAX_AGE = timedelta(days=1)
SESAME_ONE_TIME = True
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SECURE_SSL_REDIRECT = False  # the proxy in front of a home does that
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
# Redirects and the promises for neighbouring names are up to whoever owns the domain.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W008", "security.W021"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATIC_ROOT = None  # nothing is collected: WhiteNoise reads each package's own files at the start
MEDIA_ROOT = home.path("media")
MEDIA_URL = "/media/"
STAGED_ROOT = home.path("staged")
WHITENOISE_USE_FINDERS = True
COMPRESSED_ROOT = home.path("compressed")
# Named by their contents, so a browser may keep them: without a service worker a reload in a dead spot needs them.
WHITENOISE_IMMUTABLE_FILE_TEST = r"/web/assets/.+-[\w-]{8}\.(js|css)$"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
SOURCE_ROOT = Path(__file__).resolve().parents[1]

# The context travels in each history row, so that no second table has a clock of its own.
PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()
PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(db_constraint=False)
PGHISTORY_CREATED_AT_FUNCTION = "zuji_now()"
PGHISTORY_APPEND_ONLY = True

# What a home's check-in intake allows; see docs/operate.md.
INTAKE_QUEUE = env.int("ZUJI_INTAKE_QUEUE", default=5_000)
INTAKE_PER_ADDRESS = env.int("ZUJI_INTAKE_PER_ADDRESS", default=600)
CLOCK_FILE = str(home.path("clock.json"))

# By what messages leave this home; in a demo they never do.
MESSAGES_TO = env.str("ZUJI_MESSAGES_TO", default="").rstrip("/")
EMAIL_HOST = env.str("ZUJI_SMTP_HOST", default="")
EMAIL_PORT = env.int("ZUJI_SMTP_PORT", default=587)
EMAIL_HOST_USER = env.str("ZUJI_SMTP_USER", default="")
EMAIL_HOST_PASSWORD = env.str("ZUJI_SMTP_PASSWORD", default="")
EMAIL_USE_TLS = env.str("ZUJI_SMTP_TLS", default="starttls") == "starttls"
EMAIL_USE_SSL = env.str("ZUJI_SMTP_TLS", default="starttls") == "tls"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("ZUJI_MAIL_FROM", default=f"zuji@{_HOST}")
