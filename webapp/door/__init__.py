"""The door card: six answers before one knocks, gathered from all rooms below. It keeps nothing of its own."""
