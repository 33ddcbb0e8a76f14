"""The playbook: talk tracks, what to say in one situation, ranked by what worked."""
