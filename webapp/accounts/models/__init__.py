"""Who is here: teams, people, the devices they have signed in, and what was done with other people's data."""

from webapp.accounts.models import audit_lock  # noqa: F401 (it locks the log)
from webapp.accounts.models.audit import AuditEntry, note
from webapp.accounts.models.device import Device
from webapp.accounts.models.sign_in import SignInAttempt
from webapp.accounts.models.team import Team
from webapp.accounts.models.user import REVIEWERS, ROLES, User

__all__ = ["REVIEWERS", "ROLES", "AuditEntry", "Device", "SignInAttempt", "Team", "User", "note"]
