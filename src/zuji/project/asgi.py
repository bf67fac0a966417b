"""One ASGI callable for a home: Django."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zuji.project.settings")
application = get_asgi_application()
