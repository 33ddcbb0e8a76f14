"""The proof of the letterbox: random schedules drive the real server and the real worker through every accident."""
