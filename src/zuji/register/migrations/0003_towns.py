from typing import Any

from django.db import migrations, models

from zuji.register.towns import towns


def lay_towns(apps: Any, _: object) -> None:  # noqa: ANN401 - Django's own
    """The towns of the district as they stand in the table."""
    table = apps.get_model("register", "Town").objects
    table.bulk_create(table.model(code=int(each.code), name=each.name) for each in towns().values())


class Migration(migrations.Migration):
    dependencies = [("register", "0002_source_file")]

    operations = [
        migrations.CreateModel(
            name="Town",
            fields=[
                ("code", models.PositiveIntegerField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=40)),
            ],
            options={"ordering": ["code"]},
        ),
        migrations.RunPython(lay_towns, migrations.RunPython.noop),
    ]
