from flask import Blueprint

bp = Blueprint("reviews", __name__)
blueprints = [bp]
