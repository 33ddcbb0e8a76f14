"""The day of a rep: the plan, the visit report with its promises, the daily report."""
