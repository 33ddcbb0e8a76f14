"""The doors of the playbook."""

from webapp.playbook.routes import deciding, files, gaps, products, reading, writing
from webapp.playbook.routes.room import bp

blueprints = [bp, products.bp, files.bp]
__all__ = ["blueprints", "bp", "deciding", "gaps", "reading", "writing"]
