"""The part of a scheme file that says how people hear of a record, how it is reviewed, and what ends it otherwise."""

from __future__ import annotations

from typing import Literal

from glasshouse.files.values import Duration, Factor, Score, Share, Strict, Term, Time

ErrorClass = Literal["mistaken identity", "false report", "misrecorded", "ground unmet", "sound"]
Remedy = Literal["list", "points", "copies", "money"]
Words = list[str]


class Notice(Strict):
    """How people hear of a record that lists them. `period` and `reaches` belong to `before` and `after`."""

    lists: Words
    when: Literal["before", "after", "at the gate", "never"]
    period: Duration | None = None  # before: from notice to effect; after: from effect to notice
    reaches: Share | None = None
    source: str | None = None


class Stage(Strict):
    """One stage of review. `capacity` is decisions a week for each 10,000 people; null: as many as come."""

    capacity: Factor | None
    upheld_if_wrong: Share
    upheld_if_sound: Share
    goes_on: Share | None = None  # first stage of two: share of the rejected who go on
    source: str | None = None


class Review(Strict):
    """Objections and appeals, one stage or two, with their queue."""

    lists: Words
    filed: dict[str, Share]  # by class of error of the record (`ErrorClass`), every class
    files_after: Time  # mean, from knowing
    gives_up_after: Time | None  # mean, from filing; None: nobody gives up
    stages: list[Stage]
    corrects: list[Remedy]
    source: str | None = None


class Holder(Strict):
    """Who holds a copy of the list at a gate, and how long after the end of a listing the copy stands."""

    name: str
    purges_after: Duration
    source: str | None = None


class Amnesty(Strict):
    """A day of counted time on which every listing ends, once or again and again."""

    first: Term
    every: Term | None
    source: str | None = None


class Drift(Strict):
    """Each record's points move towards 0 by so much, every so often."""

    points: Score
    every: Term
    source: str | None = None
