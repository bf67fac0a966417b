"""The JSON face for phones and programs."""

from ninja import NinjaAPI

api = NinjaAPI(title="Zuji", version="1", urls_namespace="api", docs_url=None)
