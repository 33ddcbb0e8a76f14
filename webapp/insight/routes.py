from flask import Blueprint

bp = Blueprint("insight", __name__)
blueprints = [bp]
