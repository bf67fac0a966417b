"""What can be done to many rows at once, one row's turn each: the same actions as on the row's own page."""

from collections.abc import Sequence
from functools import partial

from django import forms
from django.utils.translation import gettext

from zuji.checkin.access import access_pass, visible_passes
from zuji.checkin.enums import WithdrawReason
from zuji.checkin.passes import withdraw_pass
from zuji.committee.access import access_participant, visible_participants
from zuji.committee.actions import reclassify_participant
from zuji.committee.enums import JoinsAs, ParticipantKind
from zuji.committee.models import ParticipantOrganisation
from zuji.console.blocks.bulk import BulkAct, Turn, changed, same
from zuji.console.blocks.forms import Choices, Form, words_of
from zuji.console.errors import Refusal
from zuji.console.pages import Desk
from zuji.core.errors import Refused
from zuji.core.works import Ended
from zuji.people.access import access_account, visible_accounts
from zuji.people.actions import close_account
from zuji.people.enums import Right


def _or_leave(prefix: str, keys: list[str]) -> Choices:
    return [("", gettext("bulk.leave")), *words_of(prefix, keys)]


class ReclassifyForm(Form):
    """What participant organisations are and in what capacity they take part; what is left empty stays."""

    keys = {"kind": "participant.kind", "joins_as": "participant.joins_as"}

    kind = forms.ChoiceField(choices=partial(_or_leave, "participant_kind", ParticipantKind.values), required=False)
    joins_as = forms.ChoiceField(choices=partial(_or_leave, "joins_as", JoinsAs.values), required=False)


def _reclassify(turn: Turn) -> Ended:
    before = _classes(_participant(turn))
    after = before | {name: value for name, value in turn.values.items() if value}
    if after == before:
        return same()
    _put(turn, after)
    return changed(before=before, after=after)


def _classify_back(turn: Turn) -> Ended:
    now, before = _classes(_participant(turn)), turn.values["before"]
    if now == before:
        return same()
    if now != turn.values["after"]:
        raise Refused(Refusal.CHANGED_SINCE)
    _put(turn, before)
    return changed()


def _participant(turn: Turn) -> ParticipantOrganisation:
    return access_participant(turn.desk.account, turn.key, Right.EDIT_ORGANISATIONS, at=turn.desk.at, lock=True)


def _classes(participant: ParticipantOrganisation) -> dict[str, str]:
    return {"kind": participant.kind, "joins_as": participant.joins_as}


def _put(turn: Turn, classes: dict[str, str]) -> None:
    kind, joins_as = ParticipantKind(classes["kind"]), JoinsAs(classes["joins_as"])
    (account, at), key = turn.desk, turn.key
    reclassify_participant(actor=account, participant_id=key, kind=kind, joins_as=joins_as, at=at)


def _participant_names(at_desk: Desk, keys: Sequence[int]) -> dict[int, str]:
    rows = visible_participants(at_desk.account, at=at_desk.at).filter(pk__in=keys)
    return dict(rows.values_list("pk", "name"))


RECLASSIFY = BulkAct(
    key="participants_reclassify",
    right=Right.EDIT_ORGANISATIONS,
    form=ReclassifyForm,
    act=_reclassify,
    undo=_classify_back,
    names=_participant_names,
)


class WithdrawForm(Form):
    """Why passes are withdrawn."""

    keys = {"reason": "pass.withdraw_reason"}

    reason = forms.ChoiceField(choices=partial(words_of, "withdraw_reason", list(WithdrawReason)))


def _withdraw(turn: Turn) -> Ended:
    (account, at), key = turn.desk, turn.key
    if access_pass(account, key, Right.ISSUE_PASSES, at=at, lock=True).withdrawn_at is not None:
        return same()
    withdraw_pass(actor=account, pass_id=key, reason=WithdrawReason(turn.values["reason"]), at=at)
    return changed()


def _pass_names(at_desk: Desk, keys: Sequence[int]) -> dict[int, str]:
    rows = visible_passes(at_desk.account, at=at_desk.at).filter(pk__in=keys)
    return {key: f"{key} · {organisation}" for key, organisation in rows.values_list("pk", "organisation__name")}


WITHDRAW = BulkAct(key="passes_withdraw", right=Right.ISSUE_PASSES, form=WithdrawForm, act=_withdraw, names=_pass_names)


def _close(turn: Turn) -> Ended:
    account, at = turn.desk
    if not access_account(account, turn.key, Right.MANAGE_ACCOUNTS, at=at, lock=True).is_active:
        return same()
    close_account(actor=account, account_id=turn.key, at=at)
    return changed()


def _account_names(at_desk: Desk, keys: Sequence[int]) -> dict[int, str]:
    rows = visible_accounts(at_desk.account, at=at_desk.at).filter(pk__in=keys)
    return {key: f"{name} {username}".strip() for key, name, username in rows.values_list("pk", "name", "username")}


CLOSE = BulkAct(key="accounts_close", right=Right.MANAGE_ACCOUNTS, act=_close, names=_account_names)
