"""Phone numbers as they are kept: digits, and a plus where it is not from here."""

import re
import unicodedata


def plain_phone(text: str) -> str:
    """“+86 139-0000 2746” → “13900002746”; an empty string if it is no phone number."""
    text = re.sub(r"[\s()./\-–]", "", unicodedata.normalize("NFKC", text))
    text = re.sub(r"^(?:\+|00)86(?=1\d{10}$)", "", text)
    return text if re.fullmatch(r"\+?\d{5,20}", text) else ""


def spoken(phone: str) -> str:
    """A mobile number in the groups in which it is said: 139 0000 2746."""
    found = re.fullmatch(r"(1\d{2})(\d{4})(\d{4})", phone)
    return " ".join(found.groups()) if found else phone
