from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("core", "0004_work_rows"),
    ]

    operations = [
        migrations.AddField(
            model_name="auditentry",
            name="campaign",
            field=models.BigIntegerField(null=True),
        ),
        AddIndexConcurrently(
            model_name="auditentry",
            index=models.Index(
                condition=models.Q(("campaign__isnull", False)),
                fields=["campaign", "-at"],
                include=("association", "kind"),
                name="audit_by_campaign",
            ),
        ),
    ]
