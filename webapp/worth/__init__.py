"""What it is worth to the customer: ours and theirs side by side, attribute by attribute in money, and what each costs over
the years. Reckoned by one set of rules (tests/worth/cases.json) here and on the phone, shown to him, kept in his file."""
