"""What the playbook keeps: tracks with their earlier versions and proposals, how each use of one went, what was heard and
had no track, and products with what one knows of them."""

from webapp.playbook.models.figure import Figure, figures_in
from webapp.playbook.models.gap import Gap
from webapp.playbook.models.misfit import Misfit
from webapp.playbook.models.product import Attribute, Product
from webapp.playbook.models.track import APPROVERS, PARTS, SITUATIONS, WORDS, TalkTrack, may_approve
from webapp.playbook.models.use import OUTCOMES, Kind, TrackUse
from webapp.playbook.models.version import TrackProposal, TrackVersion

__all__ = [
    "APPROVERS",
    "OUTCOMES",
    "PARTS",
    "SITUATIONS",
    "WORDS",
    "Attribute",
    "Figure",
    "Gap",
    "Kind",
    "Misfit",
    "Product",
    "TalkTrack",
    "TrackProposal",
    "TrackUse",
    "TrackVersion",
    "figures_in",
    "may_approve",
]
