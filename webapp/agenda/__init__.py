"""The days to come as a calendar that other programs read: a secret feed of one's own plan, and a day to take along, whose
alarms ring without a network."""
