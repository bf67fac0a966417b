import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("register", "0001_models")]

    operations = [
        migrations.CreateModel(
            name="SourceFile",
            fields=[
                (
                    "source",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="original",
                        serialize=False,
                        to="register.sourcelist",
                    ),
                ),
                ("data", models.BinaryField()),
                ("received_at", models.DateTimeField(db_index=True)),
            ],
        ),
    ]
