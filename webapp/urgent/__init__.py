"""What does not wait for the evening: a complaint with its steps and clocks, and a report on what stirs in the market."""
