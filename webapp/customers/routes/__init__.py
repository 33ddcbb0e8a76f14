"""The doors of the customer room."""

from webapp.customers import import_routes
from webapp.customers.routes import contacts, file, interactions, levels, merges, next_steps, reassignments

blueprints = [
    file.bp,
    contacts.bp,
    interactions.bp,
    levels.bp,
    merges.bp,
    next_steps.bp,
    reassignments.bp,
    *import_routes.blueprints,
]
