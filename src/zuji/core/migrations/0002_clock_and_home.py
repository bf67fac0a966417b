"""The home's one row, the clock in SQL, and what the exclusion constraints of later packages need."""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations

CLOCK = """
create function zuji_now() returns timestamptz language sql stable as $$
    select coalesce(held_at, clock_timestamp() + coalesce(shift, interval '0')) from core_home where id = 1
$$
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_models")]

    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        migrations.RunSQL("insert into core_home (id, kind) values (1, 'real')", migrations.RunSQL.noop),
        migrations.RunSQL(CLOCK, "drop function zuji_now()"),
    ]
