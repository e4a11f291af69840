"""What a scheme's file says on the elements of two provisions of European law, question by question.

A help to read a file beside the law: no legal advice, no result. There are three answers and none of them clears a scheme: *flag* (the file
says something that the element speaks of), *cannot be excluded* (it says nothing of the kind, or only something near to it, and does not
rule it out) and *not enough in the file* (what the question turns on does not stand there). They are never added up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from glasshouse.files.values import Source
from glasshouse.files.yaml import Path
from glasshouse.scheme.model import Item, Scheme
from glasshouse.world.model import World

Word = Literal["flag", "cannot be excluded", "not enough in the file"]
FLAG: Word = "flag"
OPEN: Word = "cannot be excluded"
SILENT: Word = "not enough in the file"
NOTE = (
    "Questions to read a scheme's file beside two provisions of European law. No legal advice: no answer says that a scheme is lawful or "
    "unlawful, no answer clears it, and the answers are not added up."
)
MOST = 4  # names in a sentence


@dataclass(frozen=True)
class Finding:
    """An answer to a question, what it is given for, and the parts of the file that it rests on."""

    answer: Word
    because: str
    rests_on: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Question:
    """One element of a provision, as a question to a file.

    Attributes
    ----------
    element : str
        What the provision says, in our own words.
    sources : tuple of str
        Keys of `SOURCES`.
    """

    id: str
    provision: str
    element: str
    text: str
    sources: tuple[str, ...]
    ask: Callable[[Read], Finding]


@dataclass(frozen=True)
class Answered:
    """A question with its answer for one scheme."""

    question: Question
    finding: Finding

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        q, found = self.question, self.finding
        return {
            "id": q.id,
            "provision": q.provision,
            "element": q.element,
            "question": q.text,
            "answer": found.answer,
            "because": found.because,
            "rests_on": [spelled(path) for path in found.rests_on],
            "sources": list(q.sources),
        }


@dataclass(frozen=True)
class Read:
    """A scheme and its world, and what several questions ask of them."""

    scheme: Scheme
    world: World

    @property
    def items(self) -> list[Item]:
        """All rules."""
        return self.scheme.rules.items if self.scheme.rules else []

    def rule(self, item: Item) -> Path:
        """Where a rule stands."""
        return ("rules", "items", self.items.index(item))

    def context(self, item: Item) -> str:
        """The context that a rule's data come from."""
        known = self.world.conduct.get(item.when)
        return item.context or (known.context if known else "")

    def leads_to(self, name: str) -> list[Item]:
        """Rules that can bring someone on a list: by name, or by points or a grade where it is entered by grade or selection."""
        entry = self.scheme.lists[name]
        chosen = self.scheme.officials.selection if self.scheme.officials else None
        by_score = entry.from_grade is not None or (chosen is not None and chosen.list == name)
        onto = {other for other, it in self.scheme.lists.items() if it.contacts and it.contacts.list == name}
        return [i for i in self.items if i.list == name or i.list in onto or (by_score and ((i.points or 0) < 0 or i.grade))]

    def detriments(self) -> list[Path]:
        """Parts of the file by which people are worse off: gates, lists that are sanctions, fines."""
        found: list[Path] = [("gates", name) for name in self.scheme.gates]
        found += [("lists", name) for name, entry in self.scheme.lists.items() if entry.sanction]
        return found + [self.rule(item) for item in self.items if item.fine][:1]


def spelled(path: Path) -> str:
    """A path of the file as words: rules.items.3.term."""
    return ".".join(str(step) for step in path)


def named(words: list[str]) -> str:
    """Some names in a sentence: the first few, and how many more."""
    names = list(dict.fromkeys(words))
    more = f" and {len(names) - MOST} more" if len(names) > MOST else ""
    return ", ".join(names[:MOST]) + more


def law(title: str, url: str, note: str, *, author: str = "European Union", year: int = 2024, kind: str = "law") -> Source:
    """A source of a question."""
    return Source.model_validate({"author": author, "year": year, "title": title, "url": url, "kind": kind, "note": note})


AI_ACT = "https://eur-lex.europa.eu/eli/reg/2024/1689/oj"
GDPR = "https://eur-lex.europa.eu/eli/reg/2016/679/oj"
SOURCES = {
    "ai-act-5": law(
        "Regulation (EU) 2024/1689 (AI Act), Article 5(1)(c)",
        AI_ACT,
        "Applies since 2 February 2025. Amended in 2026; law firms report point (c) as unchanged, the amended text was not read.",
    ),
    "ai-act-3": law("Regulation (EU) 2024/1689 (AI Act), Article 3(1) and recital 12", AI_ACT, "Read in commentary that quotes it."),
    "ai-act-recital-31": law("Regulation (EU) 2024/1689 (AI Act), recital 31", "https://ai-act-law.eu/recital/31/", "Read in this copy."),
    "guidelines-2025": law(
        "Guidelines on prohibited artificial intelligence practices, C(2025) 5052",
        "https://docs.modulos.ai/frameworks/eu-ai-act/commission-guidance/prohibited",
        "Not binding. Published on 4 February, adopted on 29 July 2025; read in summaries by others, here and by a law firm.",
        author="European Commission",
        year=2025,
        kind="official",
    ),
    "gdpr-22": law("Regulation (EU) 2016/679 (GDPR), Article 22", GDPR, "Wording read in copies.", year=2016),
    "gdpr-4": law("Regulation (EU) 2016/679 (GDPR), Article 4(4)", GDPR, "Wording read in copies.", year=2016),
    "gdpr-9": law("Regulation (EU) 2016/679 (GDPR), Article 9(1)", GDPR, "Read as Article 22(4) refers to it.", year=2016),
    "gdpr-recital-71": law("Regulation (EU) 2016/679 (GDPR), recital 71", GDPR, "Read in copies.", year=2016),
    "schufa-2023": law(
        "Judgment of 7 December 2023, C-634/21 (SCHUFA Holding, scoring)",
        "https://dpcuria.eu/details?reference=C-634/21",
        "Read in this copy.",
        author="Court of Justice of the European Union",
        year=2023,
        kind="audit-or-court",
    ),
}

NOT_ASKED = (
    "whether European law applies at all: place, time, who offers, runs or uses the scheme, and for what",
    "whether a person looks at a case before it takes effect, and is free to decide otherwise, in practice",
    "whether a purpose laid down in law makes an evaluation lawful (AI Act, recital 31), and whether a treatment is proportionate; the "
    "model's class *unrelated or disproportionate* is a measure, not that judgment",
    "which ground of GDPR Article 22(2) an operator relies on, and whether consent was free",
    "the other prohibitions of AI Act Article 5, and the duties for high-risk systems",
    "the rest of data-protection law: legal basis, purpose, accuracy, information, access, records of offences, impact assessment",
    "fundamental rights, equality law, and the law of any state, within the Union or elsewhere",
    "what the file leaves out (`glasshouse show` lists it) and whether what it says is true",
)


def screen(scheme: Scheme, world: World) -> list[Answered]:
    """Every question with its answer, in the order of the provisions; nothing is added up."""
    from glasshouse.scheme.screening_ai_act import QUESTIONS as of_ai_act
    from glasshouse.scheme.screening_gdpr import QUESTIONS as of_gdpr

    read = Read(scheme, world)
    return [Answered(question, question.ask(read)) for question in (*of_ai_act, *of_gdpr)]
