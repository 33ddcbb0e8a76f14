from flask import Blueprint

bp = Blueprint("outbox", __name__)
blueprints = [bp]
