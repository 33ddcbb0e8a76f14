from flask import Blueprint

bp = Blueprint("visits", __name__)
blueprints = [bp]
