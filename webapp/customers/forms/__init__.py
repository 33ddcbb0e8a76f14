"""The forms of the customer file."""

from webapp.customers.forms.company import CustomerForm
from webapp.customers.forms.contact import ContactForm
from webapp.customers.forms.deeds import BulkForm, InteractionForm, LevelForm, MergeForm, NextStepForm, ReassignForm
from webapp.customers.forms.new_customer import NewCustomerForm

__all__ = [
    "BulkForm",
    "ContactForm",
    "CustomerForm",
    "InteractionForm",
    "LevelForm",
    "MergeForm",
    "NewCustomerForm",
    "NextStepForm",
    "ReassignForm",
]
