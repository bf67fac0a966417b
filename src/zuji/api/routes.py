"""The JSON face for phones and programs, under `/api/v1/`."""

from ninja import NinjaAPI

from zuji.api import checkins, errors, figures, impressions, log, matrix, me, passes, steward, walks, wall

api = NinjaAPI(
    title="Zuji",
    version="1",
    urls_namespace="api",
    docs_url=None,
    description="Walk offline, check in online. Every refusal is `{code, say: {zh, en}, facts}`.",
)
errors.install(api)
for prefix, router in (
    ("", checkins.router),
    ("", passes.router),
    ("", impressions.router),
    ("/walks", walks.router),
    ("", matrix.router),
    ("", wall.router),
    ("/log", log.router),
    ("", me.router),
    ("", steward.router),
    ("/figures", figures.router),
):
    api.add_router(prefix, router)
