"""The playbook (话术库): talk tracks, what to say in one situation: found by what the customer just said, put in order
by what worked, written by reps and approved by their supervisors. Rooms above ask `queries` for the line that fits a
customer and tell `TrackUse.record` how it went."""
