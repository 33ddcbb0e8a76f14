from flask import Blueprint

bp = Blueprint("attention", __name__)
blueprints = [bp]
