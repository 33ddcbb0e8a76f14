"""The forms of the customer file."""

from webapp.customers.forms.company import CustomerForm, NewCustomerForm
from webapp.customers.forms.contact import ContactForm
from webapp.customers.forms.deeds import BulkForm, InteractionForm, LevelForm, MergeForm, NextStepForm, ReassignForm

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
