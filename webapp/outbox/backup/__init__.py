"""The whole house in one file, and back: the database as it stood at one moment, the photos and voice notes, and how far
each phone had got by then, so that phones keep what the file lacks and send it again to a house that was restored."""
