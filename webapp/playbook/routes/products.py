from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask_login import current_user

from webapp.accounts.access import find_or_404, only
from webapp.foundation.i18n import _
from webapp.foundation.pages import clean, page
from webapp.outbox import gate
from webapp.playbook import shop
from webapp.playbook.models import APPROVERS, Product, may_approve
from webapp.playbook.product_forms import ProductForm

bp = Blueprint("products", __name__, url_prefix="/playbook/products")


@bp.context_processor
def _at_hand() -> dict[str, Any]:
    return {"may_approve": may_approve}


@bp.get("")
def index() -> Response:
    """Ours and theirs, by what is compared with what."""
    return page("playbook/products/index.html", groups=shop.groups(current_user))


@bp.get("/<id:product_id>")
def show(product_id: str) -> Response:
    product = _product(product_id)
    return page("playbook/products/show.html", product=product, rivals=product.rivals())


@bp.get("/new")
@only(*APPROVERS)
def new() -> Response:
    asked = {name: clean(request.args.get(name))[:100] for name in ("group", "side")}
    form = ProductForm(formdata=None, data=asked).with_room()
    return page("playbook/products/form.html", form=form, product=None, groups=shop.names(current_user))


@bp.post("")
@only(*APPROVERS)
def create() -> Any:
    form = ProductForm()
    if not form.validate():
        return _form(form)
    product = Product.add(current_user, gate.submission_id(), **form.words())
    gate.describe("product", product.name, product.id)
    return _kept(product)


@bp.get("/<id:product_id>/edit")
@only(*APPROVERS)
def edit(product_id: str) -> Response:
    return _form(ProductForm.of(_product(product_id)), _product(product_id), 200)


@bp.post("/<id:product_id>")
@only(*APPROVERS)
def update(product_id: str) -> Any:
    product, form = _product(product_id), ProductForm()
    if not form.validate() or not _has_seen(form, product):
        return _form(form, product)
    product.revise(current_user, **form.words())
    gate.describe("product", product.name, product.id)
    return _kept(product)


@bp.post("/<id:product_id>/retirement")
@only(*APPROVERS)
def retire(product_id: str) -> Any:
    _product(product_id).retire()
    flash(_("收起来了，列表里不再出现。"))
    return redirect(url_for(".index"), 303)


def _product(product_id: str) -> Product:
    return find_or_404(Product.visible_to(current_user).where(Product.id == product_id))


def _form(form: ProductForm, product: Product | None = None, status: int = 422) -> Response:
    groups = shop.names(current_user)
    return page("playbook/products/form.html", status, form=form, product=product, groups=groups)


def _kept(product: Product) -> Any:
    flash(_("存好了。"))
    return redirect(url_for(".show", product_id=product.id), 303)


def _has_seen(form: ProductForm, product: Product) -> bool:
    if form.version.data == str(product.version):
        return True
    form.form_errors.append(_("刚有人把它改成了第%(n)s版。看过再点一次。", n=product.version))
    form.version.data = str(product.version)
    return False
