"""Destinations of the cast, and a shorter way to tell them something."""

from datetime import datetime, timedelta

from tests.cast import DAY, Cast
from zuji.people.enums import ScopeKind
from zuji.people.messages import actions
from zuji.people.messages.access import Owner, owner_of
from zuji.people.messages.audience import To, one
from zuji.people.messages.enums import Channel, Topic
from zuji.people.messages.models import Delivery, Destination
from zuji.people.messages.telling import tell
from zuji.people.messages.values import Habits, NewDestination
from zuji.people.models import Account

WECOM_KEY = "693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa"
HOOKS = {
    "wecom": f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={WECOM_KEY}",
    "dingtalk": f"https://oapi.dingtalk.com/robot/send?access_token={'5f1e' * 16}",
    "feishu": "https://open.feishu.cn/open-apis/bot/v2/hook/b1946ac9-2492-4d23-8a1c-5d5d5f5c7a11",
    "email": "lan@example.org",
}
TOKENS = {name: address.replace("=", "/").rsplit("/", 1)[-1] for name, address in HOOKS.items()}
NO_QUIET = Habits(quiet_from=None, quiet_until=None)
SOON = DAY + timedelta(minutes=2)
FACTS = {"role": "office", "over": {"zh": "番禺", "en": "Panyu"}, "who": None, "until": None}


def new(channel: str, secret: str = "", habits: Habits = NO_QUIET, address: str = "") -> NewDestination:
    """What a destination of that kind is made from."""
    return NewDestination(channel=Channel(channel), address=address or HOOKS[channel], secret=secret, habits=habits)


def own(account: Account, channel: str = "wecom", at: datetime = DAY, **values: object) -> Destination:
    """A destination of an account's own."""
    return actions.add_destination(actor=account, owner=owner_of(account), values=new(channel, **values), at=at)


def of_firm(cast: Cast, actor: Account, channel: str = "wecom") -> Destination:
    """A destination of the cast's firm."""
    owner = Owner(association_id=cast.panyu.pk, scope_kind=ScopeKind.ORGANISATION, scope_id=cast.firm.pk)
    return actions.add_destination(actor=actor, owner=owner, values=new(channel), at=DAY)


def told(
    account: Account, event: str = "1", at: datetime = DAY, topic: Topic = Topic.ROLE_GRANTED, to: To | None = None
) -> list[Delivery]:
    """Tell an account of something; the deliveries of that event."""
    tell(topic=topic, to=to or one(account), facts=FACTS, event=event, link="/settings/me/", at=at)
    return list(Delivery.objects.filter(topic=topic, event=event))
