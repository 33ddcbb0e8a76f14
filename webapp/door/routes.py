from flask import Blueprint

bp = Blueprint("door", __name__)
blueprints = [bp]
