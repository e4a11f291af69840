"""One person's rules, as an ordinance: small scalar functions, given records and numbers only."""
