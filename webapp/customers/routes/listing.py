from flask import Blueprint, request
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp.customers import chips, words
from webapp.customers.facets import facets
from webapp.customers.filters import Filters
from webapp.customers.forms import BulkForm
from webapp.customers.listing import listing
from webapp.customers.queries import people_to_choose
from webapp.foundation.pages import page

bp = Blueprint("customers", __name__, url_prefix="/customers")


@bp.get("")
def index() -> Response:
    filters = Filters.of(request.args)
    found = listing(current_user, filters)
    return page(
        "customers/index.html",
        filters=filters,
        listing=found,
        chips=chips.chips(filters, found.counts),
        narrowed=chips.narrowed(filters, current_user),
        bulk=BulkForm(people_to_choose(current_user)) if filters.choosing and current_user.role != "rep" else None,
        words=words,
    )


@bp.get("/filter")
def narrow() -> Response:
    """Everything by which the list can be narrowed, with how many there are of each; and its order."""
    filters = Filters.of(request.args)
    return page("customers/filter.html", filters=filters, facets=facets(current_user), words=words)
