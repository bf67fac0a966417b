"""The log begins: an empty head in its one row."""

from django.db import migrations

FIRST = (
    "insert into checkin_loghead (id, batch_id, epoch, size, head) values (1, 0, 1, 0, decode(repeat('00', 32), 'hex'))"
)


class Migration(migrations.Migration):
    dependencies = [("checkin", "0001_models")]

    operations = [migrations.RunSQL(FIRST, migrations.RunSQL.noop)]
