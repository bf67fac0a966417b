"""What a closed round brings into the register: a list of the census's own authority, each row ruled to its firm."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext, override

from zuji.people.models import Account
from zuji.register.census.answers import told
from zuji.register.census.models import CensusForm, CensusRound
from zuji.register.census.queries import rows_of_firms
from zuji.register.census.questionnaire import parse
from zuji.register.enums import Band, FormState, ListState
from zuji.register.fields import Field
from zuji.register.judging import day_of, judge
from zuji.register.models import Authority, Enterprise, Link, Ruling, SourceList, SourceRow


def bring_in(held: CensusRound, *, actor: Account, at: datetime) -> SourceList | None:
    """The round's list, taken in, with its rows linked by decision; None where no form was checked."""
    forms = held.forms.filter(state=FormState.CHECKED).select_related("enterprise__card").order_by("pk")
    rows = [(form, _values(held, form)) for form in forms]
    if not rows:
        return None
    source = _list(held, [values for _, values in rows], actor=actor, at=at)
    made = SourceRow.objects.bulk_create(
        (SourceRow(source=source, number=number, values=values) for number, (_, values) in enumerate(rows, start=1)),
        batch_size=2000,
    )
    firms = [_firm(form).pk for form, _ in rows]
    _rule(held, firms, made, actor=actor, at=at)
    from zuji.register.cards import rebuild_cards

    rebuild_cards(firms, association_id=held.association_id, at=at)
    judge(firms, association_id=held.association_id, on=day_of(held.association, at), at=at)
    return source


def _values(held: CensusRound, form: CensusForm) -> dict[str, str]:
    """What a form tells, with the name and code that its firm has: a list that nobody could read alone is no list."""
    card = _firm(form).card
    known = {Field.NAME: card.name, Field.CODE: card.code}
    answers = told(parse(held.questionnaire), form.answers)
    return {str(field): text for field, text in (known | answers).items() if text}


def _firm(form: CensusForm) -> Enterprise:
    """The firm that a form is about now, where it was found to be another meanwhile."""
    firm = form.enterprise
    while firm.merged_into is not None:
        firm = firm.merged_into
    return firm


def _list(held: CensusRound, rows: Sequence[dict[str, str]], *, actor: Account, at: datetime) -> SourceList:
    with override("zh-hans"):
        name = gettext("census.authority")
    authority, _ = Authority.objects.get_or_create(association=held.association, name=name)
    content = json.dumps([held.pk, rows], ensure_ascii=False, sort_keys=True)
    fields = sorted({field for values in rows for field in values})
    return SourceList.objects.create(
        authority=authority,
        file=held.name,
        digest=hashlib.sha256(content.encode()).hexdigest(),
        as_of=min(held.closes_on, day_of(held.association, at)),
        state=ListState.TAKEN_IN,
        columns={str(place): field for place, field in enumerate(fields)},
        header=fields,
        staged_by=actor.pk,
        staged_at=at,
        taken_in_at=at,
    )


def _rule(held: CensusRound, firms: Sequence[int], rows: Sequence[SourceRow], *, actor: Account, at: datetime) -> None:
    """Say that each row is about its firm: by a link now, and by a ruling for whenever all rows are linked anew."""
    first = rows_of_firms(firms)
    pairs = list(zip(firms, rows, strict=True))
    rulings = (
        Ruling(
            association=held.association,
            one_id=first[firm],
            other=row,
            same=True,
            reason=held.name,
            made_by=actor.pk,
            made_at=at,
        )
        for firm, row in pairs
        if firm in first
    )
    Ruling.objects.bulk_create(rulings, batch_size=2000)
    why = [{"code": "ruled_same", "facts": {}}]
    Link.objects.bulk_create(
        (Link(row=row, enterprise_id=firm, band=Band.RULED, why=why, made_at=at) for firm, row in pairs),
        batch_size=2000,
    )
