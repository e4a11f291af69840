"""Questions of Article 22 of the GDPR: decisions based solely on automated processing, including profiling."""

from __future__ import annotations

from glasshouse.files.yaml import Path
from glasshouse.scheme.screening import FLAG, OPEN, SILENT, Finding, Question, Read, named

BELIEFS = ("speech",)  # contexts whose rules touch opinions and beliefs


def solely(read: Read) -> Finding:
    """Whether somebody decides."""
    scheme = read.scheme
    people: list[Path] = [("rules", "checked")] if scheme.rules and scheme.rules.checked else []
    people += [("officials", "discretion")] if scheme.officials and scheme.officials.discretion else []
    by_score: list[Path] = [("lists", name, "from_grade") for name, entry in scheme.lists.items() if entry.from_grade]
    by_score += [("officials", "selection")] if scheme.officials and scheme.officials.selection else []
    if by_score:
        return Finding(FLAG, "a list follows from a score by rule, and the file names no step at which a person decides", tuple(by_score))
    if people:
        text = "officials check or let go some cases; whether a person weighs each case with effect, the file cannot say"
        return Finding(OPEN, text, tuple(people))
    return Finding(SILENT, "the file does not say who or what decides on a record")


def profiling(read: Read) -> Finding:
    """Personal aspects evaluated by automated processing."""
    scheme = read.scheme
    found: list[Path] = [(block,) for block in ("points", "grades", "association") if getattr(scheme, block)]
    if scheme.officials:
        found += [("officials", name) for name in ("selection", "attention") if getattr(scheme.officials, name)]
    if found:
        return Finding(FLAG, f"behaviour is evaluated: {named([str(path[-1]) for path in found])}", tuple(found))
    if {"risk-score", "rating"} & set(scheme.kind):
        return Finding(FLAG, f"the file calls it {named(list(scheme.kind))}", (("kind",),))
    if scheme.lists:
        return Finding(
            OPEN,
            "people are listed by single acts; whether reliability is evaluated beyond that, the file does not say",
            tuple(("lists", name) for name in scheme.lists),
        )
    return Finding(SILENT, "the file describes neither points, grades nor lists")


def significant(read: Read) -> Finding:
    """Legal or similarly significant effects."""
    scheme = read.scheme
    closed = {
        name: [n for n in gate.needs if n in read.world.needs and read.world.needs[n].essential] for name, gate in scheme.gates.items()
    }
    found: list[Path] = [("gates", name, "needs") for name, needs in closed.items() if needs]
    fined: list[Path] = [read.rule(item) for item in read.items if item.fine][:1]
    if found or fined:
        needs = named([need for needs in closed.values() for need in needs])
        said = [f"gates close what the world calls essential: {needs}"] * bool(found) + ["a fine is due"] * bool(fined)
        return Finding(FLAG, "; ".join(said), (*found, *fined))
    if scheme.gates:
        needs = named([need for gate in scheme.gates.values() for need in gate.needs])
        return Finding(OPEN, f"gates close what the world does not call essential: {needs}", tuple(("gates", n) for n in scheme.gates))
    if read.detriments():
        return Finding(
            OPEN, "people are listed, and the file describes no gate; a listing may be an effect of its own", tuple(read.detriments()[:4])
        )
    return Finding(SILENT, "the file describes no gate and no sanction")


def third_party(read: Read) -> Finding:
    """Someone else's decision that draws strongly on it."""
    scheme = read.scheme
    holders: list[Path] = [("gates", name, "holder") for name, gate in scheme.gates.items() if gate.holder]
    if holders or "sharing" in scheme.kind:
        names = named([gate.holder.name for gate in scheme.gates.values() if gate.holder]) or "others, as the file's kind says"
        return Finding(FLAG, f"what one records another acts on: {names}", tuple(holders) or (("kind",),))
    if scheme.gates:
        text = "gatekeepers refuse by the list; whether they are the operator or third parties, the file does not say"
        return Finding(OPEN, text, tuple(("gates", name, "compliance") for name in scheme.gates))
    return Finding(SILENT, "the file describes no gate")


def grounds(read: Read) -> Finding:
    """Contract, law, or explicit consent."""
    taking_part = read.scheme.enrolment
    if taking_part and taking_part.kind == "tied to a need":
        return Finding(
            OPEN, f"taking part is asked where {named(taking_part.needs)} is needed; consent under need may not be free", (("enrolment",),)
        )
    if taking_part and taking_part.kind == "opt-in":
        return Finding(
            OPEN, "people choose to take part; whether that is explicit consent to such decisions, the file does not say", (("enrolment",),)
        )
    return Finding(SILENT, "a scheme's file does not name the contract, law or consent that a decision relies on")


def contest(read: Read) -> Finding:
    """Human intervention, one's own point of view, contesting the decision."""
    scheme = read.scheme
    lists = [name for name, entry in scheme.lists.items() if entry.sanction]
    if scheme.notice and scheme.notice.when == "never":
        return Finding(FLAG, f"people are never told that they are on {named(scheme.notice.lists)}", (("notice", "when"),))
    if scheme.review is None and scheme.correction is None and (lists or scheme.gates):
        return Finding(
            FLAG, "the file describes no way to be heard or to contest a record", tuple(("lists", name) for name in scheme.lists)
        )
    if scheme.review:
        left = [name for name in lists if name not in scheme.review.lists]
        if left:
            return Finding(FLAG, f"the review that the file describes does not reach {named(left)}", (("review", "lists"),))
        late: tuple[Path, ...] = (("notice", "when"),) if scheme.notice else ()
        return Finding(
            OPEN, "the file describes a review; whether a person with power to decide hears people, it does not say", (("review",), *late)
        )
    if scheme.correction:
        text = "wrong records can be corrected; whether people are heard and may contest the decision, the file does not say"
        return Finding(OPEN, text, (("correction",),))
    return Finding(SILENT, "the file describes no list and no gate")


def special(read: Read) -> Finding:
    """Opinions, beliefs, biometrics, health and the other special categories."""
    protected = [
        item
        for item in read.items
        if not item.commendation
        and (item.legal == "protected" or read.context(item) in BELIEFS or _valence(read, item.when) == "protected")
    ]
    if protected:
        whens = named([item.when for item in protected])
        return Finding(
            FLAG, f"rules are about {whens}, which can show opinions or beliefs", tuple(read.rule(item) for item in protected[:4])
        )
    health = [item for item in read.items if read.context(item) == "health"]
    if health:
        return Finding(OPEN, f"rules are about health: {named([item.when for item in health])}", tuple(read.rule(i) for i in health[:4]))
    cameras: tuple[Path, ...] = tuple(
        ("channels", name, "kind") for name, channel in read.scheme.channels.items() if channel.kind == "camera"
    )
    if cameras:
        return Finding(OPEN, "cameras see people; whether they are identified by biometric data, the file does not say", cameras)
    return Finding(SILENT, "no rule is about opinions, beliefs or health; what else the operator holds, the file does not say")


def _valence(read: Read, when: str) -> str:
    return read.world.conduct[when].valence if when in read.world.conduct else ""


def children(read: Read) -> Finding:
    """Children."""
    scheme = read.scheme
    found: list[Path] = [("gates", name, "on") for name, gate in scheme.gates.items() if gate.on == "parent"]
    found += [("lists", name, "binds") for name, entry in scheme.lists.items() if entry.binds]
    minors = [n for gate in scheme.gates.values() for n in gate.needs if n in read.world.needs and read.world.needs[n].who == "minor"]
    found += [(*read.rule(item), "roles") for item in read.items if item.roles and "minor" in item.roles][:2]
    if found:
        said = f", and closes {named(minors)} to them" if minors else ""
        return Finding(FLAG, f"it reaches children: through a parent, a household, or rules of their own{said}", tuple(found))
    if read.items and all("adult" in item.requires for item in read.items):
        return Finding(
            OPEN, "every rule is for adults; whom a household or a wrong record draws in is another matter", (("rules", "items"),)
        )
    if read.items:
        text = "the rules are not limited to adults; whether children are recorded depends on who does such things"
        return Finding(OPEN, text, (("rules", "items"),))
    return Finding(SILENT, "the file has no rules")


ARTICLE = "GDPR, Article 22"
QUESTIONS = (
    Question(
        "solely",
        f"{ARTICLE}(1)",
        "a decision rests solely on automated processing",
        "Does a sanction follow without anyone deciding?",
        ("gdpr-22",),
        solely,
    ),
    Question(
        "profiling",
        f"{ARTICLE}(1) with Article 4(4)",
        "this includes profiling: automated evaluation of personal aspects such as reliability or behaviour",
        "Are personal aspects evaluated?",
        ("gdpr-22", "gdpr-4"),
        profiling,
    ),
    Question(
        "significant",
        f"{ARTICLE}(1)",
        "the decision has legal effects, or affects the person in a similarly significant way",
        "Does it close something that people cannot well do without?",
        ("gdpr-22",),
        significant,
    ),
    Question(
        "third-party",
        f"{ARTICLE}(1), as read in C-634/21",
        "making a score is such a decision already where a third party draws strongly on it",
        "Do others act on what the scheme records?",
        ("schufa-2023", "gdpr-22"),
        third_party,
    ),
    Question(
        "grounds",
        f"{ARTICLE}(2)",
        "such a decision is allowed only for a contract that needs it, by a law with safeguards, or with explicit consent",
        "On which of the three grounds would it rest?",
        ("gdpr-22",),
        grounds,
    ),
    Question(
        "contest",
        f"{ARTICLE}(3)",
        "people can at least have a human step in, give their view, and contest the decision",
        "Are people told, heard and able to contest?",
        ("gdpr-22",),
        contest,
    ),
    Question(
        "special",
        f"{ARTICLE}(4) with Article 9(1)",
        "such decisions do not rest on special categories of data, such as opinions, beliefs, health or biometric "
        "data, save under conditions",
        "Do rules touch opinions, beliefs, health or biometric data?",
        ("gdpr-22", "gdpr-9"),
        special,
    ),
    Question(
        "children",
        "GDPR, recital 71",
        "such measures should not concern a child",
        "Are children among those it reaches?",
        ("gdpr-recital-71",),
        children,
    ),
)
