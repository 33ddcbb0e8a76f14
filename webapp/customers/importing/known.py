"""Which companies of a file are known already: among the customers one may see, and further up in the same file."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Select, or_, select

from webapp.accounts.access import visible_to
from webapp.accounts.models import User
from webapp.customers.identity import same_company
from webapp.customers.importing.rows import Draft
from webapp.customers.models import Contact, Customer
from webapp.foundation.db import db


@dataclass(frozen=True)
class Twin:
    """The entry that a row is a duplicate of: a stored customer, or an earlier row of this file."""

    name: str
    customer_id: str = ""
    line: int = 0
    draft: Draft | None = None


class Known:
    """What is known so far; `learn` before you `find`, `remember` what is new."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.names: dict[str, list[tuple[str, Twin]]] = {}
        self.phones: dict[str, Twin] = {}

    def learn(self, drafts: Iterable[Draft]) -> None:
        """Look up all customers that any of these could be: two queries, however many there are."""
        drafts = list(drafts)
        names = {draft.key for draft in drafts} - self.names.keys()
        phones = {phone for draft in drafts for phone in draft.phones} - self.phones.keys()
        found = db.session.execute(self._customers(names, phones)).all()
        kept = self._kept({row.merged_into_id for row in found if row.merged_into_id})
        for row in found:
            twin = kept.get(row.merged_into_id) if row.merged_into_id else Twin(row.name, row.id)
            if twin:
                self._add(row.name, twin, row.name_key, row.phone_key)
        for person in db.session.execute(self._people(phones)) if phones else ():
            self.phones.setdefault(person.phone_key, Twin(person.name, person.id))

    def find(self, draft: Draft) -> Twin | None:
        """The entry that means the same company: by its name, else by a phone."""
        alike = [pair for pair in self.names.get(draft.key, ()) if same_company(pair[0], draft.name)]
        exact = [pair for pair in alike if pair[0] == draft.name]
        if alike:
            return (exact or alike)[0][1]
        return next((self.phones[phone] for phone in draft.phones if phone in self.phones), None)

    def remember(self, draft: Draft, whole: bool = True) -> None:
        """From now on this row is known too; as a whole, so that it can be filled, or only by its name and line."""
        twin = Twin(draft.name, line=draft.line, draft=draft if whole else None)
        self._add(draft.name, twin, draft.key, *draft.phones)

    def _add(self, written: str, twin: Twin, key: str, *phones: str) -> None:
        """A twin by a name that it bears, or bore before it was merged."""
        self.names.setdefault(key, []).append((written, twin))
        for phone in phones:
            if phone:
                self.phones.setdefault(phone, twin)

    def _customers(self, names: set[str], phones: set[str]) -> Select[str, str, str, str, str | None]:
        """Those merged into others too: their names lead to the ones they became."""
        columns = (Customer.id, Customer.name, Customer.name_key, Customer.phone_key, Customer.merged_into_id)
        mine = select(*columns).where(visible_to(self.user, Customer.owner_id)).order_by(Customer.created_at)
        return mine.where(or_(Customer.name_key.in_(names), Customer.phone_key.in_(phones)))

    def _people(self, phones: set[str]) -> Select[str, str, str]:
        alive = Customer.visible_to(self.user).with_only_columns(Contact.phone_key, Customer.id, Customer.name)
        return alive.join(Contact).where(Contact.phone_key.in_(phones)).order_by(Customer.created_at)

    def _kept(self, ids: set[str]) -> dict[str, Twin]:
        if not ids:
            return {}
        alive = Customer.visible_to(self.user).where(Customer.id.in_(ids)).with_only_columns(Customer.id, Customer.name)
        return {row.id: Twin(row.name, row.id) for row in db.session.execute(alive)}
