import pytest


@pytest.fixture
def committing(transactional_db: None) -> None:
    """For tests that really commit: each ends with empty tables, so the home's own row is put back first."""
    from zuji.core.models import Home  # Django is set up after this file is read

    Home.objects.get_or_create(pk=1)
