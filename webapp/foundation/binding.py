"""Forms whose fields are built once. WTForms builds every field anew for every form: its label, checks, choices and flags, of
which nothing hangs on the request. A visit report has 38 of them, and a phone sends a hundred reports at once."""

from typing import Any

from wtforms import Field, Label


class BuiltOnce:
    """A form's Meta (each class of forms has one of its own) that builds a field for the first form, and gives every form a
    copy. What a form changes of a field is the copy's own: what is assigned to it, and the text of its label."""

    built: dict[Any, Field]

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.built = {}

    def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Field:
        if "_meta" in options:  # an entry of a FieldList, whose name and id hang on its place
            return unbound_field.bind(form=form, **options)
        which = (unbound_field, options["name"], options["prefix"])
        if which not in self.built:
            field = unbound_field.bind(form=form, **options)
            field._form = field.meta = None  # what is kept holds no form of somebody's
            self.built[which] = field
        return _copy_for(form, self.built[which])


def _copy_for(form: Any, built: Field) -> Field:
    field: Field = object.__new__(type(built))  # Field's own __new__ makes an unbound one
    own = {"_form": form, "meta": form.meta, "label": Label(built.label.field_id, built.label.text)}
    field.__dict__ = vars(built) | own
    return field
