"""The report's sections, in the order in which they are read. A section whose data are absent leaves one line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from glasshouse.report import (
    baselines,
    classes,
    evidence,
    harms,
    headline,
    lives,
    mended,
    money,
    overtime,
    published,
    remedies,
    responses,
    twins,
)
from glasshouse.report.blocks import Cell, Figure, Listing, Section, Table
from glasshouse.report.marks import RANGE_COLUMNS, range_cells, shown
from glasshouse.report.names import outcome_name
from glasshouse.report.read import Run
from glasshouse.report.words import STANDING, about, between, class_name, listing, number


def answer(run: Run) -> list[str]:
    """The answer in plain words: sentences built from the run's numbers, baselines first."""
    central, low, high, parts = _without_cause(run)
    said = [_under_ordinary_law(run)]
    if central is not None:
        said.append(
            f"Under this scheme, on stated assumptions, about {about(central)} per 100,000 adults a year are listed without cause{parts}."
        )
    share = classes.outside_share(run)
    if share is not None:
        said.append(
            f"Of all days that people spend under a sanction, {_rounded(1 - share)} in 100 stand within the scheme's stated rules "
            f"and {_rounded(share)} do not."
        )
    if central is not None and low is not None:
        said.append(
            f"The {about(central)} rests on assumptions. Within their stated ranges it runs from {about(low)} to {about(high)}, "
            "and nothing in this model says where in that span the truth lies. Both ends are single runs, so chance is in them too."
        )
    return [line for line in said if line] or ["This run holds too few events to state an answer."]


def _without_cause(run: Run) -> tuple[float | None, float | None, float | None, str]:
    """Entries without cause over all seeds, with the span and what they are made of; from the curve where no row states them."""
    row = run.one("listed_without_cause")
    if row is None or row.central is None:
        point = headline.central_point(run)
        return point.get("central"), point.get("span_low"), point.get("span_high"), ""
    false, unmet, tied = run.one("listed_on_false_records"), *(run.one("entries_rate", cls=c) for c in ("ground unmet", "collateral"))
    parts = []
    if false and false.central:
        parts.append(f"about {about(false.central)} on a false record")
    if unmet and unmet.central:
        parts.append(f"about {about(unmet.central)} where the rule's own ground was not met")
    if tied and tied.central:
        parts.append(f"about {about(tied.central)} for what someone tied to them did")
    if parts and false and false.central is None:
        parts.append("the rest on a false record (too few in this run for a figure)")
    return row.central, row.span_low, row.span_high, f": {listing(parts)}" if len(parts) > 1 else ""


def _under_ordinary_law(run: Run) -> str:
    row = classes.total(run, "entries_rate", "ordinary")
    if row is None or row.central is None:
        return ""
    if row.central == 0:
        return "Under ordinary law nobody in this model is put on a list."
    return f"Under ordinary law about {about(row.central)} list entries a year fall on 100,000 adults."


def _rounded(share: float) -> str:
    """Parts of a hundred, whole where that says enough."""
    return number(round(share * 100)) if 0.05 <= share <= 0.95 else number(round(share * 100, 1))


def facts(run: Run) -> list[tuple[str, str]]:
    """Particulars of the run."""
    start = str(run.study.get("start") or run.record.get("start") or "")
    lines = [
        ("Scheme", run.name),
        ("Place", str(run.scheme.get("place", ""))),
        ("Years", _years(run.scheme.get("years"))),
        ("Status", run.status),
        ("Invented people", f"{run.people:,}" if run.people else ""),
        ("Years counted", number(run.years) if run.years else ""),
        ("Start", start),
        ("Chance", f"{run.seeds} seeds" if run.seeds else ""),
        ("Span", f"{run.span_points} points" if run.span_points else "none run"),
        ("Version", str(run.record.get("version") or run.record.get("glasshouse") or "")),
    ]
    return [(k, v) for k, v in lines if v]


def _years(years: Any) -> str:
    if not isinstance(years, Sequence) or isinstance(years, str) or not years:
        return ""
    first, last = ([*list(years), None])[:2]
    return f"since {first}" if first and last is None else "–".join(str(y) for y in (first, last) if y)


def sections(run: Run) -> list[Section]:
    """Every section in reading order; one about a part that the scheme does not have is not there at all."""
    return [section for build in BUILDERS if (section := build(run)) is not None]


def _with(
    id: str, heading: str, found: Sequence[Figure | Table | Listing | None], missing: str, lead: Sequence[str] = (), emphasis: str = ""
) -> Section:
    blocks = [b for b in found if b is not None]
    return Section(id, heading, lead if blocks else (), blocks, () if blocks else (f"Left out: {missing}",), emphasis if blocks else "")


def _headline(run: Run) -> Section:
    lead = [
        "No source states the share of false records. So the answer is a curve and not a number.",
        *([caution] if (caution := headline.caution(run)) else []),
    ]
    return _with(
        "unknown",
        "The answer depends on what nobody knows",
        [headline.figure(run)],
        "this run holds no headline curve.",
        lead,
        headline.sentence(run),
    )


def _classes(run: Run) -> Section:
    lead = [
        "Each day under a sanction is put to the same test: take away the records that are false, then those whose ground is not met, then "
        "what comes through others, then those of protected and of other lawful conduct. The first step that lifts the sanction names the "
        "day's class. Two classes come from elsewhere: a day is stale if only a holder's old copy still acts, and error-induced if it "
        "would not be there had the scheme made no error."
    ]
    return _with(
        "classes-section",
        "What stands within the scheme's stated rules, and what does not",
        [classes.share_figure(run), _grades(run)],
        "this run holds no shares of sanctioned days.",
        lead,
    )


def _grades(run: Run) -> Table | None:
    rows = run.find("grade_share")
    lines: list[list[Cell]] = []
    for r in rows:
        chance, span = between(r.chance_low, r.chance_high, r.unit), between(r.span_low, r.span_high, r.unit)
        lines.append([r.note.split(";")[0], shown(r), chance, span])
    columns = ["grade", "share of adults", "chance", "span over stated assumptions"]
    note = "Each point of the span is a single run, so it also holds chance." if run.span_points else ""
    return Table("grades", "Adults in each grade on the last counted day", columns, lines, note=note) if lines else None


def _people(run: Run) -> Section:
    return _with("people-section", "People, as dots", [classes.dots_figure(run)], "this run holds no counts of people by class.")


def _baselines(run: Run) -> Section:
    text = str((run.scheme.get("ordinary_law") or {}).get("text") or "").strip()
    lead = [
        "The same invented people, living the same lives, under no scheme and under courts and fines only.",
        *([note] if (note := baselines.fines_note(run)) else []),
        *([f"The yardstick: {text}"] if text else []),
    ]
    found = [baselines.baseline_figure(run), baselines.baseline_table(run)]
    return _with("ordinary", "The same under ordinary law", found, "this run holds no baseline arms.", lead)


def _errors(run: Run) -> Section | None:
    lead = [
        "The same people also live under the same scheme without any error: what it records is true, their own, correctly written and "
        "within the rule, and they respond to that. The difference has four parts, and each is a fact about other people."
    ]
    return _if_any("errors-section", "What errors do, in full", [twins.split_figure(run)], lead)


def _ties(run: Run) -> Section | None:
    lead = ["The same people also live under the same scheme without anything that reaches them through others."]
    return _if_any("ties-section", "Through ties", [twins.ties_figure(run), twins.through_table(run)], lead)


def _remedies(run: Run) -> Section | None:
    found = [remedies.appeals_figure(run), remedies.procedure_figure(run), remedies.waits_table(run)]
    lead = ["An error that nobody hears of is not appealed, and an appeal that waits does not end a sanction."]
    return _if_any("remedies", "Remedies: who asks for a review, and what comes of it", found, lead)


def _responses(run: Run) -> Section | None:
    lead = [
        "People who know of a scheme change what they do. Unlawful acts that no longer happen are its claimed benefit; speech, good deeds "
        "and attempts that no longer happen are its cost. Both are counted on the same lives, in the same way."
    ]
    return _if_any("responses-section", "How people respond", [responses.forgone_figure(run), responses.response_table(run)], lead)


def _standing(run: Run) -> Section | None:
    lead = ["Rewards go to those in good standing. Where there is only so much to give, what some gain others lose."]
    return _if_any("standing-section", "Standing", [responses.standing_figure(run)], lead)


def _mended(run: Run) -> Section | None:
    found = [mended.mended_figure(run), mended.mended_list(run)]
    lead = [
        "The same people, the same lives, the same scheme with one thing mended. It does not follow that what remains is lawful or fair."
    ]
    return _if_any("mended-section", "With one thing mended", found, lead)


def _if_any(id: str, heading: str, found: Sequence[Figure | Table | Listing | None], lead: Sequence[str]) -> Section | None:
    """A section about what not every scheme has."""
    blocks = [b for b in found if b is not None]
    return Section(id, heading, lead, blocks) if blocks else None


def _time(run: Run) -> Section:
    return _with("time", "Over time", [overtime.listed_figure(run), overtime.classes_figure(run)], "this run holds no weekly series.")


def _paths(run: Run) -> Section:
    return _with(
        "paths-section",
        "Commonest paths to a wrongful entry",
        [harms.paths_figure(run)],
        "no path to a wrongful entry was taken often enough to be shown.",
    )


def _clearing(run: Run) -> Section:
    return _with(
        "lasting",
        "How long an error lasts",
        [overtime.clear_figure(run), overtime.ways_out(run)],
        overtime.too_few(run) or "this run holds no incidence of clearing.",
    )


def _denials(run: Run) -> Section:
    return _with(
        "denied",
        "What is refused, and to whom",
        [harms.denials_figure(run), responses.children_table(run), _fines(run)],
        "this run holds no refusals.",
    )


def _fines(run: Run) -> Table | None:
    rows = classes.by_class(run, "fines")
    if not any(r.central for r in rows):
        return None
    return Table(
        "fines", f"{outcome_name('fines')}, by class", ["class", *RANGE_COLUMNS], [[class_name(r.cls), *range_cells(r)] for r in rows]
    )


def _money(run: Run) -> Section | None:
    if not money.is_there(run):
        return None
    found = [money.claims_figure(run), money.prices_figure(run), money.money_table(run)]
    lead = ["What is claimed is set beside what people in fact owe. A price falls on everyone listed, whatever the listing rests on."]
    return _if_any("money-section", money.heading(run), found, lead)


def _groups(run: Run) -> Section:
    lead = ["A difference in what comes out is read beside the difference that was put in. Without the second the first cannot be judged."]
    return _with(
        "groups-section", "Groups, beside what was put in", [harms.groups_figure(run)], "this run holds no group differences.", lead
    )


def _lives(run: Run) -> Section:
    lead = [
        "One invented life for each class: the one in the middle by days under a sanction. "
        "Below it is the same life where only true records are kept."
    ]
    return _with("lives", "Invented lives", list(lives.life_figures(run)), "this run holds no sample of lives.", lead)


def _scenarios(run: Run) -> Section:
    found = [evidence.scenario_figure(run), evidence.scenario_list(run)]
    return _with("scenarios-section", "Structural scenarios, side by side", found, "this run holds no structural scenarios.")


def _evidence(run: Run) -> Section:
    return _with("evidence", "What the answer rests on", [evidence.evidence_table(run)], "this run ranks no values (no span was run).")


def _published(run: Run) -> Section | None:
    return _if_any("published-section", "Published figures beside this run", [published.published_table(run)], [published.LEAD])


def _ask(run: Run) -> Section:
    asked = evidence.questions(run)
    most = " most" if any(v["told"] for v in run.influential) else ""
    lead = [f"Answers to these would narrow the span{most}."]
    return _with("ask", "What to ask the operator", [Listing(asked)] if asked else [], "the scheme file states no questions.", lead)


def _left_out(run: Run) -> Section:
    return _with("left-out", "What the model leaves out", [Listing(evidence.limits(run))], "")


def _ledger(run: Run) -> Section:
    claim = (run.scheme.get("claimed_purpose") or {}).get("text")
    lead = [f"What is claimed for it: {claim}"] if claim else []
    lead.append("Claimed benefits are measured with the same care as harms. Both have their own axis; there is no ratio and no total.")
    return _with(
        "ledger", "Benefits and harms", [harms.plane_figure(run), _benefits(run)], "this run measures no claimed benefit in two arms.", lead
    )


BENEFITS_AND_HARMS = (
    ("benefit", "debts_paid_share"),
    ("benefit", "acts_unlawful"),
    ("benefit", "unlawful_acts_prevented"),
    ("benefit", "money_owed"),
    ("harm", "entries_rate"),
    ("harm", "listed_without_cause"),
    ("harm", "denials"),
    ("harm", "essential_denials"),
    ("harm", "children_denials"),
    ("harm", "fines"),
    ("harm", "money_beyond_owed"),
    ("harm", "prices_paid"),
    ("harm", "forgone_protected"),
    ("harm", "forgone_commendable"),
    ("harm", "forgone_attempts"),
    ("error the other way", "spared_days"),
)


def _benefits(run: Run) -> Table | None:
    lines: list[list[Cell]] = []
    for side, outcome in BENEFITS_AND_HARMS:
        rows = [classes.total(run, outcome, arm) for arm in ("none", "ordinary", "scheme")]
        if rows[2] is not None and rows[2].central is not None:
            lines.append([side, outcome_name(outcome), *(shown(r) if r else "" for r in rows), rows[2].unit])
    if not any(line[0] == "benefit" for line in lines):
        return None
    return Table("ledger-table", "Both sides", ["side", "outcome", "no scheme", "ordinary law", "the scheme", "unit"], lines)


def _certainty(run: Run) -> Section:
    return _with("certainty", "How sure each outcome is", [evidence.certainty_table(run)], "this run holds no outcomes.")


def _reading(run: Run) -> Section:
    return _with("reading", "How to read this", [Listing(evidence.definitions(run))], "", [STANDING])


def _documented(run: Run) -> Section:
    found = evidence.claims(run)
    return _with("documented", "What is documented of the scheme", [Listing(found)] if found else [], "the scheme file states no claims.")


def _sources(run: Run) -> Section:
    found = evidence.sources(run)
    return _with("sources", "Sources", [Listing(found)] if found else [], "the files list no sources.")


BUILDERS: tuple[Callable[[Run], Section | None], ...] = (
    _headline,
    _classes,
    _people,
    _baselines,
    _errors,
    _ties,
    _time,
    _paths,
    _clearing,
    _remedies,
    _denials,
    _money,
    _responses,
    _standing,
    _groups,
    _lives,
    _mended,
    _scenarios,
    _evidence,
    _published,
    _ask,
    _left_out,
    _ledger,
    _certainty,
    _reading,
    _documented,
    _sources,
)
