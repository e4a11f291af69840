"""The typed scheme: what a scheme file can say. Field by field in docs/design/002-scheme-language.md."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from glasshouse.files.values import (
    Duration,
    Empirical,
    Factor,
    Money,
    Rate,
    Rule,
    Score,
    Share,
    Source,
    Strict,
    Term,
    Time,
    Validity,
)  # fmt: skip
from glasshouse.scheme.figures import Published, StandardRun, Target
from glasshouse.scheme.kinds import Ratings, Risk
from glasshouse.scheme.people import Enrolment, Officials, Publicity, Responses, Reward
from glasshouse.scheme.remedies import Amnesty, Drift, Holder, Notice, Review
from glasshouse.scheme.ties import Association, Contacts

Origin = Literal["another's act", "no act", "misrecorded"]  # misrecorded: what a rule of reckoning makes of true circumstances
Legal = Literal["unlawful", "lawful", "protected", "unclear"]
Condition = Literal["able", "adult", "owes"]
Kind = Literal[
    "list", "points", "grades", "rewards", "sharing", "association", "enrolment", "risk-score", "clawback", "rating",
    "price", "firms", "baseline", "all",
]  # fmt: skip
Words = list[str]
Conditions = list[Condition]
Status = Literal["operating", "reformed", "ended", "proposed", "hypothetical", "myth", "baseline"]


class Claim(Strict):
    """One sentence about the scheme with its source; `is_myth` marks what is widely said and not borne out."""

    text: str
    source: str
    is_myth: bool = False


class Delay(Strict):
    """From the act to the record: a fixed minimum and an exponential part with the stated mean."""

    minimum: Duration
    mean: Duration


class Misrecorded(Strict):
    """A true act entered under a wrong category. `mistaken_for` maps the true category to the one written down."""

    share: Share
    mistaken_for: dict[str, str]


class Channel(Strict):
    """One way the scheme sees acts (administrative record, camera, informant report, ...)."""

    kind: Literal["administrative record", "camera", "informant report", "online monitoring", "peer rating"]
    covers: list[str]
    sensitivity: Share
    by_category: dict[str, Share] = {}  # where a category's sensitivity differs
    follows_visibility: bool
    delay: Delay
    misrecorded: Misrecorded | None = None
    only_on: str | None = None  # it sees only people who are on this list themselves
    source: str | None = None


class FalseRecord(Strict):
    """Records that reach the wrong person, have no act behind them, or misstate what is true by a rule of reckoning."""

    origin: Origin
    channel: str
    covers: list[str]
    rate: Rate  # per person-year, or per entry / per record (of true records the channel makes)
    falls_on: dict[str, Factor] = {}  # by group: so many times the rate
    who: Words | None = None  # roles that it can concern, children as residents; None: everyone
    about: str = ""


class Batch(Strict):
    """An error that hits many at once: strikes a town, and within it a share of the people."""

    origin: Origin
    channel: str
    covers: list[str]
    strikes: Rate  # per town-year
    share: Share  # per person
    about: str = ""


class Cap(Strict):
    """At most so many reward points a year from the rules that name this cap."""

    points: Score
    per: Literal["year"] = "year"


class Points(Strict):
    """The points account. Decimals to a tenth."""

    start: Score
    floor: Score | None
    cap: Score | None
    repeat_doubles: bool
    overlap: Literal["highest only", "all apply"]
    caps: dict[str, Cap] = {}
    drift: Drift | None = None
    source: str | None = None


class Grade(Strict):
    """A grade holds from this many points up to the next; files list grades best first."""

    name: str
    from_points: float | None  # None: the bottom grade, no lower bound


class Strikes(Strict):
    """So many records within a rolling window before the list is entered."""

    count: int
    window: Term


class Repair(Strict):
    """What mends a record early: paying, or a signed pledge after a while. The record then counts as `points` for `validity`."""

    on: Literal["payment", "pledge"]
    after: Time | None = None  # pledge only: mean time from record to pledge
    points: float
    validity: Term


class Item(Strict):
    """One rule of the scheme: an act, and what it brings."""

    id: str
    text: str
    when: str  # the world's category of conduct
    roles: Words | None = None  # None: everyone
    legal: Legal
    commendation: bool = False
    context: str | None = None  # None: the category's own
    weight: float = 1.0  # its share among the rules of one category, before normalising (assumed, see `weights`)
    points: float | None = None
    grade: str | None = None  # direct grade
    validity: Validity | None = None  # in `uses`: until a service that rates has been used so often
    list: str | None = None
    strikes: Strikes | None = None
    term: Term | None = None
    performable: bool = True
    requires: Conditions = []
    cap: str | None = None
    repair: Repair | None = None
    also: str | None = None  # another item that the same act falls under
    relatives: str | None = None  # another item whose record the other adults of the household get
    fine: bool = False
    subject: Literal["person", "firm"] = "person"  # firm: what a firm did, written down against the person responsible for it
    claim: Money | None = None  # what is claimed from the person
    owed: Money | None = None  # what the person in fact owes where the act is their own
    note: str | None = None
    source: str | None = None


class Weights(Strict):
    """How often each rule of a category is the one that an act falls under. No source counts this: it is assumed."""

    evidence: Literal["assumed"]
    why: str
    equal: bool = False  # True: every rule with a weight above 0 is as common as the others of its category


class Rules(Strict):
    """The rule text. `source` serves every item without its own."""

    source: str
    checked: Share | None = None  # share of unmet conditions that an official notices, per record
    weights: Weights | None = None
    unclear_counts_as: Literal["unlawful", "lawful", "protected"] = "unlawful"
    items: list[Item]


class Exit(Strict):
    """Another way off a list: a mean waiting time; `only_unable` counts only for people who cannot pay."""

    mean: Time
    only_unable: bool = False
    text: str
    source: str | None = None


class Repeat(Strict):
    """What a further record does to a running term."""

    effect: Literal["none", "restart", "extend"]
    by: Term | None = None
    longest: Term | None = None


class SchemeList(Strict):
    """A list people enter and leave."""

    text: str
    sanction: bool
    from_grade: str | None = None  # entered by falling to this grade or below
    term: Term | None  # None: no fixed term (or, with from_grade, while the grade lasts)
    repeat: Repeat
    performed_after: Duration | None  # None: paying does not end it; else the lag from payment to deletion
    exits: dict[str, Exit] = {}
    binds: Literal["household"] | None = None  # its gates and the sanction hold for the whole household
    contacts: Contacts | None = None
    amnesty: Amnesty | None = None
    minimum: Term | None = None  # nobody comes off before, but by a correction, a review or leaving
    source: str | None = None


class Over(Strict):
    """Gatekeepers who refuse more than the rule says."""

    needs: list[str]
    share: Share


class Trap(Strict):
    """What a refusal here may lead to: no longer able to pay, and then a default."""

    unable: Share
    defaults: Share
    category: str
    after: Time  # mean, from the refusal to the default


class Gate(Strict):
    """A service closed to the listed."""

    text: str
    list: str
    on: Literal["self", "parent"]
    needs: Words
    context: str
    compliance: Share
    over: Over | None = None
    holder: Holder | None = None
    demand: Share | None = None  # attempts forgone by those who expect a refusal
    trap: Trap | None = None
    price: Money | None = None  # nobody is refused: the listed pay so much more
    source: str | None = None


class Correction(Strict):
    """How a wrong record is mended where no `review` is described: noticed and filed or not, and the time it takes."""

    filed: Share
    minimum: Duration
    mean: Time
    source: str | None = None


class DebtEffect(Strict):
    """What enforcement and listing do to the rate at which able debtors pay (multiples of the world's voluntary rate)."""

    enforcement: Factor
    listed: Factor | None = None  # further multiple while listed


class OrdinaryLaw(Strict):
    """The yardstick a sanction is compared with: for how long ordinary law would restrict the person for the same act."""

    text: str
    longest: Term | None  # None: no yardstick is stated
    source: str | None = None


class Scenario(Strict):
    """A structural alternative, shown side by side with the scheme as written, never averaged with it."""

    text: str
    why: str
    set: dict[str, object]


class Safeguard(Strict):
    """One thing mended: the scheme so changed is lived beside the scheme as written."""

    text: str
    why: str
    source: str | None = None
    set: dict[str, object]


class Scheme(Strict):
    """A scheme as documents describe it."""

    glasshouse: Literal[1]
    id: str
    name: str
    place: str
    years: Annotated[tuple[int | None, int | None], Field(strict=False)]
    kind: list[Kind]
    status: Status
    summary: str
    claimed_purpose: Claim | None
    reformed: list[Claim] = []
    documented: list[Claim] = []
    source: str | None = None  # serves all rule text in the file that has no source of its own or of its block
    question: str  # the one sentence a report opens with
    headline: str | None = None  # path of the unknown on the report's headline curve
    standard_run: StandardRun | None = None  # where it differs from the usual size
    world: str = "default"  # the world it is lived in where a run names none: one that comes with Glasshouse
    channels: dict[str, Channel] = {}
    false_records: dict[str, FalseRecord] = {}
    batches: dict[str, Batch] = {}
    points: Points | None = None
    grades: list[Grade] = []
    rules: Rules | None = None
    lists: dict[str, SchemeList] = {}
    gates: dict[str, Gate] = {}
    association: Association | None = None
    notice: Notice | None = None
    review: Review | None = None
    correction: Correction | None = None
    publicity: Publicity | None = None
    rewards: dict[str, Reward] = {}
    enrolment: Enrolment | None = None
    officials: Officials | None = None
    ratings: Ratings | None = None
    risk: Risk | None = None
    responses: Responses | None = None
    debts: DebtEffect | None = None
    ordinary_law: OrdinaryLaw
    scenarios: dict[str, Scenario] = {}
    safeguards: dict[str, Safeguard] = {}
    targets: dict[str, Target] = {}
    plausibility: dict[str, Published] = {}
    ask_the_operator: list[str] = []
    left_out: list[str] = []
    sources: dict[str, Source] = {}

    def with_safeguards(self, *safeguards: str) -> Scheme:
        """The scheme with some of its own safeguards, as a scheme of its own: `gh.run(scheme.with_safeguards("human-review"))`.

        Its id and name say so, and it is hypothetical. What the safeguards set is known; scenarios and other safeguards that concern the
        same, or find nothing left to change, are left out. To live one beside the scheme as written, give `with_safeguards` to `run`.

        Raises
        ------
        InputError
            The file names no such safeguard (the message names the nearest), or two of them change the same thing.
        """
        from glasshouse.scheme.mended import with_safeguards

        return with_safeguards(self, safeguards)


__all__ = ["Empirical", "Rule", "Scheme"]
