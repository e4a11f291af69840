"""Questions of Article 5(1)(c) of the AI Act: social scoring with an AI system."""

from __future__ import annotations

from glasshouse.files.evidence import dotted
from glasshouse.files.values import in_days
from glasshouse.files.yaml import Path
from glasshouse.scheme.screening import FLAG, OPEN, SILENT, Finding, Question, Read, named

LEARNT = ("camera", "online monitoring", "peer rating")  # channels whose work is often done, in part, by systems that infer


def ai_system(read: Read) -> Finding:
    """How acts are seen says little about what sees them."""
    found = [name for name, channel in read.scheme.channels.items() if channel.kind in LEARNT]
    if found:
        return Finding(
            OPEN,
            f"seen by {named([read.scheme.channels[n].kind for n in found])}; what makes the record, the file does not say",
            tuple(("channels", name, "kind") for name in found),
        )
    if {"risk-score", "rating"} & set(read.scheme.kind):
        return Finding(OPEN, f"the file calls it {named(list(read.scheme.kind))}; how that is reckoned, it does not say", (("kind",),))
    return Finding(SILENT, "a scheme's file says who sees an act, not by what means records are made, weighed or matched")


def over_time(read: Read) -> Finding:
    """Evaluation or classification over a certain period."""
    scheme = read.scheme
    found: list[Path] = [(block,) for block in ("points", "grades") if getattr(scheme, block)]
    found += [(*read.rule(item), "strikes") for item in read.items if item.strikes][:1]
    if scheme.officials and scheme.officials.selection:
        found.append(("officials", "selection"))
    if found:
        return Finding(FLAG, f"acts of different days are put together: {named([dotted(p).split('.')[-1] for p in found])}", tuple(found))
    lists: tuple[Path, ...] = tuple(("lists", name) for name in scheme.lists)
    if lists:
        return Finding(OPEN, "each record stands for itself, and whoever is on a list is classified for as long as the entry lasts", lists)
    return Finding(SILENT, "the file describes neither points, grades nor lists")


def behaviour(read: Read) -> Finding:
    """Social behaviour, or known, inferred or predicted characteristics."""
    scheme = read.scheme
    if scheme.association:
        return Finding(FLAG, "a person's score takes in the scores of others (inferred from ties)", (("association",),))
    if read.items:
        texts = [read.world.conduct[item.when].text.lower() for item in read.items if item.when in read.world.conduct]
        return Finding(FLAG, f"{len(read.items):,} rules on what people do or leave undone, for example: {texts[0]}", (("rules", "items"),))
    return Finding(SILENT, "the file has no rules")


def several_contexts(read: Read) -> Finding:
    """Many data points from several contexts."""
    contexts = list(dict.fromkeys(context for item in read.items if (context := read.context(item))))
    if len(contexts) > 1:
        first: tuple[Path, ...] = tuple(read.rule(next(i for i in read.items if read.context(i) == c)) for c in contexts[:3])
        return Finding(FLAG, f"rules are about {len(contexts)} contexts: {named(contexts)}", first)
    if contexts:
        return Finding(
            OPEN, f"all rules are about {contexts[0]}; where else the operator looks, the file cannot show", (("rules", "items"),)
        )
    return Finding(SILENT, "the file has no rules")


def detriment(read: Read) -> Finding:
    """Detrimental or unfavourable treatment that follows from it."""
    found = read.detriments()
    if found:
        names = [str(path[1]) if path[0] in ("gates", "lists") else "a fine" for path in found]
        return Finding(FLAG, f"people are worse off by it: {named(names)}", tuple(found[:6]))
    zero = [name for name, reward in read.scheme.rewards.items() if reward.zero_sum]
    if zero:
        return Finding(FLAG, f"what some gain by {named(zero)} others lose", tuple(("rewards", name) for name in zero))
    if read.scheme.rewards:
        text = "only rewards are described; whether those without them are treated worse, the file does not say"
        return Finding(OPEN, text, (("rewards",),))
    return Finding(SILENT, "the file describes no gate, no list that is a sanction, no fine and no reward")


def unrelated(read: Read) -> Finding:
    """Another context than the one the data come from."""
    scheme, pairs, paths = read.scheme, [], []
    for name, gate in scheme.gates.items():
        apart = [item for item in read.leads_to(gate.list) if gate.list in scheme.lists and read.context(item) not in ("", gate.context)]
        if apart:
            pairs.append(f"{read.context(apart[0])} to {gate.context}")
            paths += [("gates", name, "context"), read.rule(apart[0])]
    if pairs:
        return Finding(FLAG, f"what is recorded in one context closes something in another: {named(pairs)}", tuple(paths[:8]))
    if scheme.gates:
        text = "each gate stands in the context its rules are about, as the file names contexts; a narrower view of a context may differ"
        return Finding(OPEN, text, tuple(("gates", name, "context") for name in scheme.gates))
    return Finding(SILENT, "the file describes no gate, so it does not say where the treatment is met with")


def disproportionate(read: Read) -> Finding:
    """Unjustified or disproportionate to the behaviour or its gravity."""
    scheme, said, paths = read.scheme, [], []
    punished = [i for i in read.items if i.legal in ("lawful", "protected") and not i.commendation and _costs(read, i)]
    if punished:
        said.append(f"{len(punished):,} rules are about acts that are lawful or protected")
        paths += [read.rule(item) for item in punished[:3]]
    longest = scheme.ordinary_law.longest
    for name, entry in scheme.lists.items():
        if entry.sanction and longest and entry.term and in_days(entry.term) > in_days(longest):
            said.append(f"{name} lasts longer than the stated yardstick of ordinary law")
            paths += [("lists", name, "term"), ("ordinary_law", "longest")]
    parents = [name for name, gate in scheme.gates.items() if gate.on == "parent"]
    if parents:
        said.append(f"{named(parents)} closes something to children for what a parent did")
        paths += [("gates", name, "on") for name in parents]
    if said:
        return Finding(FLAG, "; ".join(said), tuple(paths[:8]))
    if longest is None:
        return Finding(SILENT, "no rule is about a lawful act, and the file states no yardstick of ordinary law", (("ordinary_law",),))
    return Finding(
        OPEN,
        "no rule is about a lawful act and no term passes the stated yardstick; proportion is more than that",
        (("ordinary_law", "longest"),),
    )


def _costs(read: Read, item: object) -> bool:
    points, listed = getattr(item, "points", None), getattr(item, "list", None)
    sanction = listed in read.scheme.lists and read.scheme.lists[listed].sanction
    return bool((points or 0) < 0 or sanction or getattr(item, "grade", None) or getattr(item, "fine", False))


def others_acts(read: Read) -> Finding:
    """Treatment that does not rest on the person's own behaviour at all."""
    scheme = read.scheme
    ties: list[Path] = [("association",)] if scheme.association else []
    ties += [("lists", name, "binds") for name, entry in scheme.lists.items() if entry.binds]
    ties += [("lists", name, "contacts") for name, entry in scheme.lists.items() if entry.contacts]
    ties += [(*read.rule(item), "relatives") for item in read.items if item.relatives][:3]
    if ties:
        return Finding(FLAG, "people answer for others by rule: a household, relatives, contacts, or the scores of ties", tuple(ties[:6]))
    errors: list[Path] = [(block, name) for block in ("false_records", "batches") for name in getattr(scheme, block)]
    if errors:
        return Finding(
            OPEN, "records can reach the wrong person or have no act behind them, as the file assumes or documents", tuple(errors)
        )
    return Finding(SILENT, "the file describes no errors and nothing that runs through ties")


ARTICLE = "AI Act, Article 5(1)(c)"
QUESTIONS = (
    Question(
        "ai-system",
        f"{ARTICLE} with Article 3(1)",
        "the practice uses an AI system: a system that infers how to make its outputs",
        "Does a system that infers see, score, match or choose?",
        ("ai-act-5", "ai-act-3"),
        ai_system,
    ),
    Question(
        "over-time",
        ARTICLE,
        "people or groups are evaluated or classified over a certain period of time",
        "Are acts of different days put together into a score, a grade or a count?",
        ("ai-act-5", "guidelines-2025"),
        over_time,
    ),
    Question(
        "behaviour",
        ARTICLE,
        "this rests on social behaviour, or on known, inferred or predicted personal or personality traits",
        "Is it about what people do, or about what they are taken to be?",
        ("ai-act-5", "guidelines-2025"),
        behaviour,
    ),
    Question(
        "contexts",
        "AI Act, recital 31",
        "such systems put together many data points on behaviour in several contexts",
        "Do the rules reach into several contexts of life?",
        ("ai-act-recital-31",),
        several_contexts,
    ),
    Question(
        "detriment",
        ARTICLE,
        "the score leads to detrimental or unfavourable treatment of people or groups",
        "Is anybody treated worse for it?",
        ("ai-act-5", "guidelines-2025"),
        detriment,
    ),
    Question(
        "unrelated",
        f"{ARTICLE}(i)",
        "the treatment comes in social contexts unrelated to those in which the data arose or were collected",
        "Does a record from one context act in another?",
        ("ai-act-5",),
        unrelated,
    ),
    Question(
        "disproportionate",
        f"{ARTICLE}(ii)",
        "the treatment is unjustified, or disproportionate to the behaviour or its gravity",
        "Are lawful acts, long terms or children among what is sanctioned?",
        ("ai-act-5",),
        disproportionate,
    ),
    Question(
        "others-acts",
        f"{ARTICLE}(ii)",
        "the treatment is unjustified, or disproportionate to the behaviour or its gravity",
        "Can it rest on what somebody else did, or on nothing?",
        ("ai-act-5", "ai-act-recital-31"),
        others_acts,
    ),
)
