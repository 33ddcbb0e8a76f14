from webapp.accounts.access import only

leads = only("supervisor", "manager", "director", "admin")
"""This view is for those who answer for the customers of others."""
