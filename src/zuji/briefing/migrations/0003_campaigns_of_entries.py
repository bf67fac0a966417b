"""Entries from before the audit trail named campaigns get theirs, so that a campaign's log is whole."""

import pgtrigger
from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

OF_KIND = {
    "checkin.campaign": "select id, id from checkin_campaign",
    "checkin.checkpoint": """select checkpoint.id, campaign_id from checkin_checkpoint as checkpoint
        join checkin_activity as activity on activity.id = activity_id""",
    "checkin.codeserial": """select serial.id, campaign_id from checkin_codeserial as serial
        join checkin_checkpoint as checkpoint on checkpoint.id = checkpoint_id
        join checkin_activity as activity on activity.id = activity_id""",
    "checkin.pass": "select id, campaign_id from checkin_pass",
    "checkin.correction": "select id, campaign_id from checkin_correction",
    "trail.trail": """select trail.id, campaign_id from trail_trail as trail
        join checkin_activity as activity on activity.id = activity_id""",
    "trail.stop": """select stop.id, campaign_id from trail_stop as stop
        join trail_trail as trail on trail.id = trail_id join checkin_activity as activity on activity.id = activity_id""",
    "trail.impression": "select id, campaign_id from trail_impression",
    "briefing.ledgerentry": """select entry.id, min((part ->> place)::bigint) from briefing_ledgerentry as entry
        join briefing_evidence as evidence on evidence.digest = evidence_id,
        lateral (select ordinality::int - 1 as place from jsonb_array_elements_text(evidence.columns) with ordinality
            where value = 'campaign_id') as at_place,
        lateral jsonb_array_elements(evidence.rows) as part
        group by entry.id having count(distinct part ->> place) = 1""",
}


def name_campaigns(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The trail stays as it is but for the new column, which its rows say themselves."""
    with pgtrigger.ignore("core.AuditEntry:audit_stays"), schema_editor.connection.cursor() as cursor:
        for kind, rows in OF_KIND.items():
            cursor.execute(
                f"""update core_auditentry as entry set campaign = known.campaign
                from ({rows}) as known (key, campaign) where entry.kind = %s and entry.key = known.key::text
                and entry.campaign is null""",  # noqa: S608  (put together from constants)
                [kind],
            )


class Migration(migrations.Migration):
    dependencies = [
        ("briefing", "0002_published_definition"),
        ("core", "0005_entries_by_campaign"),
        ("checkin", "0004_reduction"),
        ("trail", "0002_impressions"),
    ]

    operations = [migrations.RunPython(name_campaigns, migrations.RunPython.noop)]
