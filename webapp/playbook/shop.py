"""Products as their pages need them."""

from itertools import groupby

from sqlalchemy import select

from webapp.accounts.models import User
from webapp.foundation.db import db
from webapp.playbook.models import Product


def groups(user: User) -> list[tuple[str, list[Product]]]:
    """What is compared with what: ours first, then theirs. Two queries."""
    rows = Product.visible_to(user).where(Product.retired_at.is_(None))
    found = list(db.session.scalars(rows.order_by(Product.group, Product.is_ours.desc(), Product.name)))
    return [(name, list(products)) for name, products in groupby(found, key=lambda product: product.group)]


def names(user: User) -> list[str]:
    """What is compared so far, for whoever adds another."""
    kept = select(Product.group).where(Product.retired_at.is_(None)).distinct()
    return list(db.session.scalars(kept.order_by(Product.group)))
