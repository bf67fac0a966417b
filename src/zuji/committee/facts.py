"""The package's published relations."""

from zuji.core.facts import Fact

FACTS = (
    Fact(
        name="participants",
        row="one participant organisation",
        key=("participant_id",),
        columns={
            "participant_id": "key of the participant organisation",
            "association_id": "the association on whose list it stands",
            "name": "its name",
            "kind": "firm or institution",
            "joins_as": "in what capacity it takes part",
            "expected": "head-count that it announced, null when unknown",
            "sample": "whether it is an invented example",
        },
        select="""select id as participant_id, association_id, name, kind, joins_as, expected, sample
            from committee_participantorganisation""",
    ),
)
