"""Accounts can be closed; failed sign-ins are counted in a table, so that a restart forgives nothing."""

from django.db import migrations, models

TABLE = """
create table people_cache (cache_key varchar(255) primary key, value text not null, expires timestamptz not null);
create index people_cache_expires on people_cache (expires)
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0001_models")]

    operations = [
        migrations.AddField("account", "closed_at", models.DateTimeField(null=True, blank=True)),
        migrations.RunSQL(TABLE, "drop table people_cache"),
    ]
