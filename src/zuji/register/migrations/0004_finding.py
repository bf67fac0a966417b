from typing import Any

from django.db import migrations

from zuji.register.finding import grams, sort_key, words_of

AT_ONCE = 2000


def find_anew(apps: Any, _: object) -> None:  # noqa: ANN401 - Django's own
    """Cards that stand already get what they are sorted and found by now."""
    cards = apps.get_model("register", "Card").objects
    some: list[Any] = []
    for card in cards.only("name", "search_key").iterator(chunk_size=AT_ONCE):
        card.sort_key, card.grams = sort_key(card.name), grams(words_of(card.search_key))
        some.append(card)
    cards.bulk_update(some, ["sort_key", "grams"], batch_size=AT_ONCE)


class Migration(migrations.Migration):
    dependencies = [("register", "0003_towns")]

    operations = [migrations.RunPython(find_anew, migrations.RunPython.noop)]
