"""The attention list: what a person cares about, and the opener that it suggests. Attention won is a meeting won."""
