"""How large a scheme may be: what draw streams, causes of an end, bit masks and counts leave room for (001, section 2; 005)."""

MOST_CHANNELS = 16
MOST_BATCHES = 2
MOST_EXITS = 7  # of one list
MOST_NEEDS = 62
MOST_GRADES = 12
MOST_STAGES = 2  # of review
MOST_RESTRAINTS = 4
MOST_REWARDS = 16
MOST_CAMPAIGNS = 64
MOST_DISTRICTS = 64
MOST_PRIOR = 1_000_000  # finds that a district begins with
MOST_THRESHOLDS = 100_000  # of speaking, listed one by one
HEAVIEST_TIE = 255
MOST_RECORDS = 256  # in a book
WIDEST_SCORES = 200_000_000  # points, added up over twice a block of ties: as tenths they fit 32 bits
LARGEST_BLOCK = 62  # people of a block where ties can drop
LARGEST_WORTH = 1_000_000  # points that a tie is worth: its product with a draw must fit
