"""登门 Doorstep: a house with rooms. docs/architecture.md draws the plan."""
