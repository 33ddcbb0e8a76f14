"""Sign-off and comments: what a supervisor says to a plan, a report, a day."""
