import pytest

from tests.trail.files import TRAIL, media


@pytest.fixture
def take(cast, tmp_path):
    """Import a trail's file as the office would; the sites are on the list."""
    from zuji.trail.actions import import_trail, seed_sites  # Django is set up after this file is read

    office = {"actor": cast.tao, "association_id": cast.panyu.pk, "at": cast.day}
    seed_sites(**office)

    def take(text=TRAIL):
        return import_trail(**office, data=text.encode(), media=media(tmp_path / "media"))

    return take


@pytest.fixture
def trail(take):
    """The small trail, not open yet."""
    return take()


@pytest.fixture
def writers(cast):
    """Walkers at two stops, who may write."""
    from tests.trail.walks import writers as lay  # Django is set up after this file is read

    return lay(cast)


@pytest.fixture
def committing(transactional_db):
    """For tests that really commit: each ends with empty tables, so the home's own row is put back first."""
    from zuji.core.models import Home

    Home.objects.get_or_create(pk=1)
