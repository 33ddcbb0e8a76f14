from flask import Blueprint

bp = Blueprint("playbook", __name__)
blueprints = [bp]
