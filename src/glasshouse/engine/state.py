"""Working records of one person in each arm. A thread holds one set and uses it again for the next person."""

from __future__ import annotations

import numpy as np

from glasshouse.scheme.limits import MOST_RECORDS

BOOK_SIZE = MOST_RECORDS  # a life that would need more stops the run with an error
TIE_ROW = BOOK_SIZE  # this row of the points holds the mean of the ties' scores
NO_TIES = -(1 << 30)  # scores are smaller (`scheme/fit_blocks.py`)
PENDING_SIZE = 256
HAND = PENDING_SIZE  # the place in `pending` of the observation that is being dealt with
MOST_BATCHES = 63


def _i8(names: str) -> np.dtype[np.void]:
    return np.dtype([(n, "i8") for n in names.split()])


CLOCK = _i8("history horizon followup seed_low seed_high people towns")
# slot: home; people: of the town; n, at, kind, fate: number, tick, words of the next event; follow: a spell is followed past counted time.
WHO = _i8("pid group role minor visibility frailty slot people income propensity desire rank n at kind fate follow")
# One person in one arm. `mixed`: since the book was last empty some record did not stand at every level, so that scores may differ between
# levels. `noticed`: of the record that is taking effect. `s0`, `sc`: sanctioned at level 0 and at the clean level (for comparisons).
# `uses`: of services that rate. `spells`, `days`: spells that are packed between weeks, and whether class days are. What is not in `KEPT`
# is found anew each week.
# `gated`: something may act on an attempt: a list, a copy, a bond of the household.
KEPT = (
    "n_book mixed n_pending due accrued cls levels listed tracked ever ever_listed s0 sc since bound gated leaves begun look spells days "
    "uses"
)
ARM = _i8(KEPT + " debts debt_from able enrolled aware once touched dirty parents start_grade noticed pair_e pair_a wait_1 wait_2")
RECORD = _i8("day gone corrected pledge item lo hi origin grade event mended channel category kind drift tie told fined used")
# What waits for its day. `rank` says what it is and in which order the things of one day come; `sort` orders within.
OBSERVED, TRAPPED, BY_TIE, ORDERED, HELD, CASE = range(6)
PENDING = _i8(
    "day rank sort turn event origin kind channel category mistaken item_word condition_word noticed lowest "
    "lo hi item list based cls file verdict start"
)
SPELL = _i8(
    "active entry end limit corrected performed performable context tracked cls event fresh by_grade item origin channel category kind "
    "bases amnesty released known decided bound bound_context"
)
# Bits of ties in one arm: levels differ in the own score, in the mean of ties, in the score that counts; some ties were dropped.
OWN_APART, MEAN_APART, EFF_APART, SOME_GONE = 1, 2, 4, 8
RESIDENT = 0  # the role in which false records meet someone: that of children too
SEEN, RESTRAINED = 1, 2  # bits of `watched`: some arm's channels cover the category; some arm holds people back from it
# What a town's people share in one arm (`now`): places of the scalars.
MOST_DISTRICTS, MOST_REWARDS = 64, 16
SPEECH, INFORMING, ANYONE_SHOWN = range(3)
# By reward: the chance of being displaced; this week's attempts with the privilege, and without.
REWARD_Q, REWARD_USED, REWARD_OTHER = 8, 8 + MOST_REWARDS, 8 + 2 * MOST_REWARDS
ATTENTION = 8 + 3 * MOST_REWARDS
FOUND = ATTENTION + MOST_DISTRICTS
NOW_SIZE = FOUND + MOST_DISTRICTS
# What a person's week sends into the town: cases to be reviewed, records for relatives and contacts. Row 0 holds the number of rows.
POST_CASE, POST_RELATIVES, POST_CONTACTS, POST_VOID = range(4)
POST = _i8("what arm slot pid event list item lo hi origin channel category kind day cls group patience held context wrong")
# What an exchange tells a person. Row 0 holds the number of letters, and whether there was too little room.
DECISION, TIE_LETTER, ORDER, LEAVING, TELL, LOOK_AGAIN, REGRADED = range(7)
LETTER = _i8("next what arm day event list item lo hi origin channel category kind sender context wrong verdict")
QUEUE = _i8("slot pid event list cls group patience joined first held")
SIZES = _i8("kept arm record pending spell hazards days lists")  # words of one of each, and the lists of an arm
MOVED = _i8("arm list slot value")  # row 0 holds the number of rows (arm)
LOG = _i8("pid arm day what a b c d")

# What a line of the log says (`what`), with a, b, c, d.
(
    LOG_ACT,  # category, seen by arm (0/1), channel, 0
    LOG_RECORD,  # item, origin, last level, effective points at level 0
    LOG_ENTRY,  # list, level (0 or clean), class, item
    LOG_EXIT,  # list, level, cause, 0
    LOG_DENIAL,  # need, class, gate, 0
    LOG_ATTEMPT,  # need, 0, 0, 0
    LOG_SHOCK,  # able (0/1), 0, 0, 0
    LOG_PAID,  # debts, 0, 0, 0
    LOG_DEBT,  # 0, 0, 0, 0
    LOG_CLASS,  # class of the days from here on (-1 none, 11 spared), 0, 0, 0
    LOG_SCORE,  # score at level 0 (tenths), score at the clean level, grade at 0, grade at clean
    LOG_MENDED,  # item, 0 corrected / 1 repaired / 2 expired, 0, 0
    LOG_FORGONE,  # 0 act / 1 attempt, category or need, 0, 0
    LOG_NOTICE,  # list, day known, day filed or -1, class of error
    LOG_DECIDED,  # list, 1 upheld / 0 rejected / 2 given up, class of error, 0
    LOG_TRAP,  # need, category of the default or -1, its day, 0
    LOG_AWARE,  # 0, 0, 0, 0
    LOG_PRIVILEGE,  # need, 0 privileged / 1 displaced, 0, 0
    LOG_CHARGED,  # need, class, gate, price
) = range(19)
