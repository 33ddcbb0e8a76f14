from webapp.reviews.models.decision import HandedIn, Review
from webapp.reviews.models.opening import Opening
from webapp.reviews.models.phrases import Phrases
from webapp.reviews.models.subjects import SIGNED, SUBJECTS, find, title_of, whose
from webapp.reviews.models.talk import Comment, Mention

__all__ = [
    "SIGNED",
    "SUBJECTS",
    "Comment",
    "HandedIn",
    "Mention",
    "Opening",
    "Phrases",
    "Review",
    "find",
    "title_of",
    "whose",
]
