"""Working records of one person in each arm. A thread holds one set and uses it again for the next person."""

from __future__ import annotations

import numpy as np

BOOK_SIZE = 256  # most records in a book; a life that would need more stops the run with an error
PENDING_SIZE = 256
HAND = PENDING_SIZE  # the place in `pending` of the observation that is being dealt with
MOST_BATCHES = 63


def _i8(names: str) -> np.dtype[np.void]:
    return np.dtype([(n, "i8") for n in names.split()])


CLOCK = _i8("history horizon followup seed_low seed_high people towns")
WHO = _i8("pid group role minor able visibility frailty household")
# `mixed`: since the book was last empty some record did not stand at every level, so that scores may differ between levels.
ARM = _i8("debts debt_from n_book mixed n_pending due accrued cls levels listed tracked touched ever ever_listed parents start_grade")
RECORD = _i8("day gone corrected pledge item lo hi origin grade event mended channel category kind")
PENDING = _i8("day event origin kind channel category mistaken item_word condition_word")
SPELL = _i8(
    "active entry end limit corrected performed performable context tracked cls event fresh by_grade item origin channel category kind"
)
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
    LOG_CLASS,  # class of the days from here on (-1 none, 8 spared), 0, 0, 0
    LOG_SCORE,  # score at level 0 (tenths), score at the clean level, grade at 0, grade at clean
    LOG_MENDED,  # item, 0 corrected / 1 repaired / 2 expired, 0, 0
) = range(12)
