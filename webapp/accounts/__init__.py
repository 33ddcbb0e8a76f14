"""Who is asking: people, their teams, their devices, and who may see what."""
