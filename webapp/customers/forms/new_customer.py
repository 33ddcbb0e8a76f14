from typing import Any

import wtforms
from wtforms.validators import ValidationError

from webapp.accounts.models import User
from webapp.customers.forms.company import TEXTS, CompanyFields
from webapp.customers.forms.parts import is_phone
from webapp.customers.models import LEVELS, Customer
from webapp.foundation.forms import Choice, Text
from webapp.foundation.i18n import _, _l


class NewCustomerForm(CompanyFields):
    """Short: a name, a person, what comes next; the rest is folded away."""

    contact_name = Text(_l("联系人"), most=64)
    contact_title = Text(_l("职务"), most=64)
    contact_phone = Text(_l("手机"), most=60, validators=[is_phone])
    level = Choice(_l("等级"), choices=[(letter, letter) for letter in LEVELS], default="E")
    owner_id = wtforms.SelectField(_l("归谁负责"), choices=[], validate_choice=False)

    def offer_owners(self, people: list[User], me: User) -> None:
        """Whoever leads a team may create a customer for one of his people."""
        self.people = {me.id: me} | {person.id: person for person in people}
        self.owner_id.choices = [
            (id, _("我自己") if id == me.id else person.name) for id, person in self.people.items()
        ]
        self.owner_id.data = self.owner_id.data or me.id

    def validate_owner_id(self, field: Any) -> None:
        if field.data not in self.people:
            raise ValidationError(_("选一个人。"))

    def validate_contact_name(self, field: Any) -> None:
        if not field.data and (self.contact_phone.data or self.contact_title.data):
            raise ValidationError(_("这是谁的？写个姓也行。"))

    def phones(self) -> list[str]:
        return [self.phone.data, self.contact_phone.data]

    def owner(self) -> User:
        return self.people[self.owner_id.data]

    def values(self) -> dict[str, Any]:
        """Column → value for a new file."""
        chosen = {"level": self.level.data or "E", "stage": self.stage.data or "search"}
        return self.texts(*(name for name in TEXTS if name in self)) | chosen

    def complete(self, customer: Customer, by: User) -> None:
        """What comes with the file: its first person, its tags, what comes next."""
        if self.contact_name.data:
            customer.add_contact(
                by,
                name=self.contact_name.data,
                title=self.contact_title.data or "",
                phone=self.contact_phone.data or "",
            )
        self.complete_file(customer, by)
