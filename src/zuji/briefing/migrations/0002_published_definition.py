"""The ledger keeps each definition's text, so that what was published can be asked again as it was defined."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("briefing", "0001_models")]

    operations = [
        migrations.CreateModel(
            name="PublishedDefinition",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("text", models.TextField()),
            ],
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="publisheddefinition",
            trigger=pgtrigger.compiler.Trigger(
                name="definition_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="7db886ff0b42b25a87ee367ff8ba5ab32f6d5f06",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_definition_stays_77306",
                    table="briefing_publisheddefinition",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AlterField(
            model_name="ledgerentry",
            name="definition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to="briefing.publisheddefinition",
            ),
        ),
    ]
