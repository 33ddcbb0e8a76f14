from flask import Blueprint

bp = Blueprint("field_pack", __name__)
blueprints = [bp]
