"""Whatever the engine can read of a scheme or a world belongs to a mechanism, and every mechanism is pinned by a row that can fail."""

from __future__ import annotations

from dataclasses import fields
from itertools import chain

import pytest

from glasshouse.scheme import tables
from glasshouse.scheme.tables import SchemeTables
from glasshouse.validation.registry import MECHANISMS, entries
from glasshouse.validation.rows import Row, Through
from glasshouse.world.tables import CATEGORY, NEED, SCALARS, WorldTables

# By table: what each column is read for. Columns of one mechanism stand together.
SCHEME = {
    "RULES": {
        "points": "has_points start", "caps and floors": "floor cap", "grades": "n_grades", "channels": "n_channels",
        "false records": "n_false", "batch errors": "n_batches", "terms": "n_lists", "gates": "n_gates",
        "correction": "filed corr_min corr_mean", "money": "pay pay_listed", "conditions": "n_items",
    },
    "CHANNEL": {
        "channels": "visible", "delay": "delay_min delay_mean", "misrecording": "mis_share", "investigations": "only",
    },
    "ITEM": {
        "rates": "category", "classes": "context valence", "points": "points", "grades": "grade", "validity": "validity",
        "terms": "list term", "strikes": "strikes window kept", "conditions": "cond checked", "doubling and overlap": "double also",
        "caps and floors": "cap_group cap", "repair": "performable repair repair_points repair_validity repair_mean", "fines": "fine",
        "relatives": "relatives", "firms": "firm", "claims of money": "claim owed", "ratings": "uses",
    },
    "FALSE": {"false records": "origin channel cum_0", "unequal errors": "cum_1 cum_2", "misrecording by rule": "roles"},
    "BATCH": {"batch errors": "origin channel mean_gap share"},
    "LIST": {
        "classes": "sanction yardstick contexts", "grades": "from_grade", "terms": "term repeat extension longest",
        "repair": "performable lag", "exits": "n_hazards", "household liability": "binds",
        "contact lists": "contact_list contact_layer contact_share contact_mean", "notice": "noticed", "review": "reviewed",
        "publicity": "shown", "amnesty": "amnesty_first amnesty_every", "minimum term": "minimum",
    },
    "HAZARD": {"exits": "mean unable"},
    "GATE": {
        "gates": "list compliance over needs over_needs", "classes": "context", "children": "parent", "copies": "purge",
        "demand": "demand", "traps": "trap trap_default trap_category trap_mean", "prices": "price",
    },
    "WHOLE": {
        "association": "exchanges alpha", "tie-dropping": "drop_mean", "drift": "drift_points drift_every",
        "notice": "notice notice_days reach", "review": "review stages file_mean goes_on corrects",
        "review queue": "patience_mean capacity_1 capacity_2", "publicity": "publicity", "awareness": "aware",
        "silence": "silence silence_start fear", "deterrence": "n_restraints", "campaigns": "n_campaigns", "rewards": "n_rewards",
        "selection": "n_selections", "attention": "attention_channel districts follow prior mended",
        "informing": "informing_channel informs", "enrolment": "enrolment enrol_share enrol_needs join leave",
        "ratings": "rated_needs rating_channel rating_category unfair_0 unfair_1 unfair_2",
    },
    "CAMPAIGN": {"campaigns": "channel first last factor"},
    "REWARD": {"rewards": "from_grade needs zero_sum"},
    "SELECTION": {"selection": "list share every", "risk scores": "risk"},
}  # fmt: skip
WHOLE_TABLES = {
    "channels": "sensitivity channel", "misrecording": "mistaken_for", "rates": "pick_start pick_count pick_item pick_cum",
    "points": "rules item", "denominators": "false false_category", "batch errors": "batch batch_category", "grades": "grade_from",
    "terms": "list", "exits": "hazard", "gates": "gate", "association": "whole tie_weight", "discretion": "spare", "campaigns": "campaign",
    "deterrence": "restrained", "crowding out": "fading", "silence": "silenced theta silence_factor", "review": "filed upheld",
    "rewards": "reward", "selection": "selection", "risk scores": "risk_weight",
}  # fmt: skip
WORLD = {
    "segregation": "scalars.town_size cycle_adults cycle_start layer_size layer_segregation", "conduct homophily": "layer_homophily",
    "false records": "scalars.false_envelope", "money": "scalars.recovery scalars.payment_envelope shock unable category.creates_debt",
    "history": "scalars.owing", "channels": "scalars.vis_corr vis_group vis_income",
    "rates": "group_cum conduct_group role_cum conduct_cum need_cum propensity", "conditions": "category.needs_debt",
    "classes": "category.valence category.context need.essential need.context", "children": "need.minor", "frailty": "frailty",
}  # fmt: skip
# Of no table: what is made by comparing whole arms, and by the order of draws.
OF_RUNS = {"clean ledger", "error-free twin", "twin alone", "same draws"}


def columns(said: dict[str, str]) -> list[str]:
    """All columns that mechanisms name."""
    return [name for names in said.values() for name in names.split()]


@pytest.mark.parametrize("table", SCHEME)
def test_every_column_of_a_scheme_is_of_a_mechanism(table: str) -> None:
    assert sorted(columns(SCHEME[table])) == sorted(getattr(tables, table).names)


def test_every_table_of_a_scheme_is_of_a_mechanism() -> None:
    assert sorted(columns(WHOLE_TABLES)) == sorted(f.name for f in fields(SchemeTables) if f.name != "names")


def test_everything_of_a_world_is_of_a_mechanism() -> None:
    split = {"scalars": SCALARS, "category": CATEGORY, "need": NEED}
    every = chain.from_iterable(
        [f"{f.name}.{name}" for name in split[f.name].names or ()] if f.name in split else [f.name]
        for f in fields(WorldTables)
        if f.name != "names"
    )
    assert sorted(columns(WORLD)) == sorted(every)


def test_every_mechanism_is_read_from_somewhere_and_no_others_are_named() -> None:
    named = set(chain(*SCHEME.values(), WHOLE_TABLES, WORLD)) | OF_RUNS
    assert named == set(MECHANISMS)


def test_every_mechanism_is_pinned_through_the_product_by_a_row_with_a_wrong_variant() -> None:
    rows = [entry for entry in entries() if isinstance(entry, Row) and entry.wrong and entry.through is not Through.REPLICATION]
    assert set(MECHANISMS) - set(chain.from_iterable(row.pins for row in rows)) == set()
