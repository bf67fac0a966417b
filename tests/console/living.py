"""A campaign in the live home, and phones that hand in over HTTP."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tests.live import LiveHome


@dataclass
class Living:
    """The campaign, its checkpoints and organisations by key, and a poster's code for each checkpoint."""

    home: LiveHome
    campaign: int
    checkpoints: list[int]
    organisations: list[int]
    codes: list[str]

    def hand_in(self, *, organisation: int, checkpoint: int) -> dict[str, Any]:
        """A new walker of that organisation checks in there; the server's answer."""
        from tests.checkin.desks import item, new_pass
        from zuji.checkin.models import Campaign
        from zuji.committee.models import ParticipantOrganisation
        from zuji.core import clock

        with self.home.database():
            campaign = Campaign.objects.get(pk=self.campaign)
            of = ParticipantOrganisation.objects.get(pk=self.organisations[organisation])
            handed = item(new_pass(of, campaign), self.codes[checkpoint], clock.now())
        with self.home.client() as client:
            answer = client.post("/api/v1/checkins", json={"items": [handed]}).json()
        assert answer["items"][0]["outcome"] == "accepted", answer
        return answer["items"][0]

    def join(self, name: str) -> None:
        """An organisation that nobody has signed up comes, and its walker checks in."""
        from tests.cast import participant
        from zuji.committee.enums import ParticipantKind
        from zuji.core.ids import spoken

        with self.home.database():
            made = participant(self.home.cast.panyu, name, ParticipantKind.FIRM, spoken())
        self.organisations.append(made.pk)
        self.hand_in(organisation=-1, checkpoint=0)


def make(home: LiveHome) -> Living:
    """Two checkpoints, two organisations, a check-in of each at the first."""
    from tests.cast import campaign, checkpoint, participant
    from zuji.checkin.actions import issue_poster
    from zuji.checkin.models import Activity
    from zuji.checkin.serials import code_of
    from zuji.committee.enums import ParticipantKind
    from zuji.core import clock

    cast = home.cast
    walk = campaign(cast.panyu, "console-walk")
    day = Activity.objects.create(campaign=walk, name_zh="徒步日", name_en="Walk day", held_on=cast.day.date())
    window = {"opens_at": cast.day - timedelta(days=1), "closes_at": cast.day + timedelta(days=30)}
    checkpoints = [checkpoint(day, order, **window) for order in (1, 2)]
    names = (("甲单位", "XXXXXX"), ("乙单位", "YYYYYY"))
    organisations = [participant(cast.panyu, name, ParticipantKind.FIRM, code) for name, code in names]
    for key, each in enumerate(organisations):
        each.sort_key = f"a{key}"
        each.save()
    codes = [code_of(issue_poster(actor=cast.mei, checkpoint_id=each.pk, at=clock.now())) for each in checkpoints]
    made = Living(home, walk.pk, [each.pk for each in checkpoints], [each.pk for each in organisations], codes)
    for number in range(2):
        made.hand_in(organisation=number, checkpoint=0)
    return made
