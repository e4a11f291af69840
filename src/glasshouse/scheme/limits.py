"""How large a scheme may be: what draw streams, causes of an end, bit masks and counts leave room for (001, section 2)."""

MOST_CHANNELS = 16
MOST_BATCHES = 2
MOST_EXITS = 7  # of one list
MOST_NEEDS = 62
MOST_GRADES = 12
