"""Every key that code, pages or a closed set asks for has words, in every package of the tree.

A key looks like `family.rest`; whatever string looks so and is of a known family must be a known key.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from zuji.api.errors import ApiRefusal
from zuji.briefing import enums as of_figures
from zuji.briefing.definitions import catalogue
from zuji.briefing.errors import Refusal as FigureRefusal
from zuji.checkin import enums as of_checkins
from zuji.checkin import listings, walkers
from zuji.checkin.errors import Refusal as CheckinRefusal
from zuji.checkin.receipts import Verdict
from zuji.committee import enums as of_organisations
from zuji.committee import imports
from zuji.committee.errors import Refusal as OrganisationRefusal
from zuji.console import urls  # noqa: F401  (brings every list with its acts)
from zuji.console.blocks import bulk, facts
from zuji.console.blocks.calendar import VIEWS
from zuji.console.blocks.objects import THINGS
from zuji.console.errors import Refusal as ConsoleRefusal
from zuji.console.figure_rows import NARROWED_BY
from zuji.console.finders import FINDERS
from zuji.console.keys import KEYS as KEY_HELP
from zuji.console.palette import ACTS
from zuji.console.tasks import TASKS
from zuji.console.verbs import VERBS
from zuji.console.views.gallery import GROUPS
from zuji.console.views.impressions import ANSWERS
from zuji.console.views.register import census, census_words, comparing, doubts, firms, rule_forms, towns
from zuji.core import enums as of_home
from zuji.core import works
from zuji.core.errors import CoreRefusal
from zuji.core.personal import TABLES
from zuji.core.sheets.enums import CellProblem, SheetRefusal, Skip
from zuji.people import enums as of_people
from zuji.people.errors import Refusal as PeopleRefusal
from zuji.people.messages import enums as of_messages
from zuji.people.messages.answers import Trouble
from zuji.people.messages.errors import Refusal as MessageRefusal
from zuji.project import translations
from zuji.public.help import READERS
from zuji.register import enums as of_firms
from zuji.register.census.errors import Anomaly, AnswerFault
from zuji.register.census.errors import Refusal as CensusRefusal
from zuji.register.errors import Refusal as FirmRefusal
from zuji.register.fields import Field
from zuji.register.linking import Why
from zuji.register.reading import enums as of_reading
from zuji.register.relinking import Relinked
from zuji.register.rules.errors import Refusal as RuleRefusal
from zuji.register.rules.errors import RuleReason
from zuji.trail import enums as of_trails
from zuji.trail.errors import Refusal as TrailRefusal
from zuji.trail.trying import KINDS as TRAIL_PARTS

SOURCES = translations.PACKAGES
KEY = re.compile(r"[a-z]+(?:_[a-z]+)*(?:\.[A-Za-z0-9_-]+)+")
IN_TAG = re.compile(r"""{%\s*(?:translate|say)\s+["']([^"']+)["']""")
FILES = re.compile(r"\.(?:xlsx|csv|pdf|png|json|typ|html|css|js|svg|toml|lock|txt|po|mo|sock|pid)$")
ENTRIES = [entry for task in TASKS for entry in task.entries]
ITEM_CODES = list(CheckinRefusal)[: list(CheckinRefusal).index(CheckinRefusal.TOKEN_REUSED)]
"""Those that may stand on an item; the enum lists them first."""


def known() -> set[str]:
    keys: set[str] = set()
    for file in translations.files():
        with file.open("rb") as source:
            keys |= {str(each.id[0] if isinstance(each.id, tuple) else each.id) for each in read_po(source) if each.id}
    return keys


KEYS = known()
FAMILIES = {key.split(".")[0] for key in KEYS}


def literals(file: Path) -> Iterator[str]:
    """Strings of a module, but for what is said about it."""
    tree = ast.parse(file.read_text())
    about = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in about:
            yield node.value


def looks_like_a_key(text: str) -> bool:
    return bool(KEY.fullmatch(text)) and text.split(".", maxsplit=1)[0] in FAMILIES and not FILES.search(text)


MODULES = sorted(file for file in SOURCES.rglob("*.py") if "migrations" not in file.parts)
NOT_KEYS = {
    *("core.erase_personal", "core.erase_works", "core.run_work", "trail.activity.campaign_id"),
    *(thing.kind for thing in THINGS),
}
"""Names of something else that look alike."""


PACKAGES = sorted({file.relative_to(SOURCES).parts[0] for file in MODULES if file.parent != SOURCES})


@pytest.mark.parametrize("package", PACKAGES)
def test_a_key_that_code_names_has_words(package):
    named = {
        (text, file.name)
        for file in MODULES
        if file.is_relative_to(SOURCES / package)
        for text in literals(file)
        if looks_like_a_key(text)
    }
    assert {(text, where) for text, where in named if text not in KEYS | NOT_KEYS} == set()


def test_a_key_that_a_page_names_has_words():
    named = {key for file in SOURCES.glob("*/templates/**/*.html") for key in IN_TAG.findall(file.read_text())}
    assert {key for key in named if key not in KEYS} == set()
    assert len(named) > 200


def test_a_key_that_an_indicator_names_has_words():
    named = chain.from_iterable((each.name, each.unit, *each.counts, *each.leaves_out) for each in catalogue().values())
    assert set(named) - KEYS == set()


REFUSALS = [
    *(*CoreRefusal, *PeopleRefusal, *OrganisationRefusal, *CheckinRefusal, *TrailRefusal, *FigureRefusal),
    *(*ConsoleRefusal, *ApiRefusal, *SheetRefusal, *CellProblem, *MessageRefusal, *of_reading.Flaw, *FirmRefusal),
    *(*RuleRefusal, *CensusRefusal),
]
CLOSED: dict[str, Iterable[object]] = {
    "refusal": REFUSALS,
    "verb": VERBS,
    "list_field": Field,
    "column_reason": of_reading.Why,
    "list_question": of_reading.Ask,
    "role": of_people.Role,
    "scope": of_people.ScopeKind,
    "right": of_people.Right,
    "participant": [column.key for column in imports.COLUMNS],
    "walker": [column.key for column in walkers.COLUMNS],
    "participant_kind": of_organisations.ParticipantKind,
    "joins_as": of_organisations.JoinsAs,
    "organisation_kind": of_organisations.OrganisationKind,
    "outcome": of_checkins.Outcome,
    "grade": of_checkins.Grade,
    "evidence": of_checkins.Evidence,
    "code_kind": of_checkins.CodeKind,
    "coord_status": of_checkins.CoordStatus,
    "fence": of_checkins.Fence,
    "distance": of_checkins.DistanceBand,
    "accuracy": of_checkins.AccuracyBand,
    "reason": of_checkins.Reason,
    "correction": of_checkins.CorrectionKind,
    "leaf_kind": of_checkins.LeafKind,
    "verdict": Verdict,
    "verdict_help": Verdict,
    "leg_mode": of_trails.LegMode,
    "impression_state": of_trails.ImpressionState,
    "decline_reason": of_trails.DeclineReason,
    "impression_answer": [answer.key for answer in ANSWERS],
    "impression_then": (1, 2, 3),
    "rule_reason": RuleReason,
    "census_fault": [each for each in AnswerFault if each is not AnswerFault.CHECK],
    "census_anomaly": Anomaly,
    "form_state": of_firms.FormState,
    "census_state": census_words.STATES,
    "census.lead": census_words.STATES,
    "census_count": census.COUNTED,
    "qualifier": of_figures.Qualifier,
    "flaw": of_figures.Flaw,
    "skipped": Skip,
    "checkin_state": listings.STATES,
    "pass_state": ("good", "withdrawn"),
    "pass_origin": ("signed_up", "on_the_spot"),
    "late_state": (True, False),
    "account_state": (True, False),
    "organisation_state": (True, False),
    "trail_part": [kind._meta.model_name for kind in TRAIL_PARTS],
    "yes_no": ("yes", "no"),
    "lent_state": ("now", "over"),
    "keys": [key for group in KEY_HELP for key in (group.key, *(line for line, _ in group.lines))],
    "act": [f"{act.key}{more}" for act in ACTS for more in ("", ".also")],
    "palette": [*(finder.key for finder in FINDERS), "acts", "pages", "recent"],
    "attempt": ITEM_CODES,
    "dimension": (*NARROWED_BY, "enterprise_id", "party_organisation_id", "grade", "late"),
    "withdraw_reason": of_checkins.WithdrawReason,
    "work_state": of_home.WorkState,
    "row_state": of_home.RowState,
    "work": works.KINDS,
    "bulk": [
        *bulk.ACTS,
        *(f"{key}.do" for key in bulk.ACTS),
        *(f"{key}.no_undo" for key, act in bulk.ACTS.items() if act.undo is None),
    ],
    "task": [task.key for task in TASKS],
    "entry": [entry.key for entry in ENTRIES],
    "page": [f"{entry.key}.{part}" for entry in ENTRIES for part in ("title", "lead") if entry.key != "today"],
    "help": [f"{reader}.{step}" for reader, steps in READERS.items() for step in range(1, steps + 1)],
    "language": ("zh-hans", "en"),
    "list_state": of_firms.ListState,
    "answer": of_firms.Answer,
    "coverage": firms.COVERED,
    "filing_state": of_firms.FilingState,
    "work_outcome": Relinked.__dataclass_fields__,
    "enterprise_status": of_firms.EnterpriseStatus,
    "rule_kind": of_firms.RuleKind,
    "rule_lead": of_firms.RuleKind,
    "filing_kind": of_firms.FilingKind,
    "band": of_firms.Band,
    "industry": ("63", "64", "65", "else", "unknown"),
    "industry_group": rule_forms.GROUPS,
    "criterion": rule_forms.PARTS,
    "criterion_test": rule_forms.TESTS,
    "rule": [*chain.from_iterable(form.base_fields for form in rule_forms.FORMS.values()), "since", "reason"],
    "compared": comparing.SHAPES,
    "doubt_answer": doubts.STATES,
    "doubt_then": (1, 2, 3),
    "list_import_step": (1, 2, 3, 4),
    "town_count": towns.COUNTED,
    "topic": of_messages.Topic,
    "told": [f"{topic}.{part}" for topic in of_messages.Topic for part in ("title", "text")],
    "channel": of_messages.Channel,
    "delivery_state": of_messages.DeliveryState,
    "trouble": Trouble,
    "destination": [f"group.{owner}" for owner in ("account", "association", "organisation")],
    "kind": [thing.kind for thing in THINGS],
    "did": VERBS,
    "calendar_view": VIEWS,
    "event": ("campaign", "activity", "window"),
    "event_state": ("now", "over", "rehearsal"),
    "linking": Why,
    "gallery": [f"{group.key}.{state}" for group in GROUPS for state in group.samples],
    "gallery.block": [group.key for group in GROUPS],
    "fact": (*facts.COUNTS, *facts.SETS, *facts.THINGS, *facts.DATES, "scope", "changed"),
}
"""Family → what may follow it where code puts a key together."""


@pytest.mark.parametrize("family", CLOSED)
def test_every_member_of_a_closed_set_has_words(family):
    assert [f"{family}.{each}" for each in CLOSED[family] if f"{family}.{each}" not in KEYS] == []


def test_every_family_that_a_page_puts_together_is_looked_after():
    pages = chain.from_iterable(
        re.findall(r'\|word:"([a-z_]+)"', file.read_text()) for file in SOURCES.glob("*/templates/**/*.html")
    )
    columns = chain.from_iterable(re.findall(r'prefix="([a-z_]+)"', file.read_text()) for file in MODULES)
    assert {*pages, *columns} - {"sign_in"} <= set(CLOSED)


def test_every_kept_table_says_why():
    assert [table.purpose for table in TABLES if f"personal_purpose.{table.purpose}" not in KEYS] == []
