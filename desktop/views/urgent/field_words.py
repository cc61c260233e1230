"""What the words are called that a form offers: services, goods, languages."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def service_word(service: str) -> str:
    """A service in the user's language; one that the house has no word for as it is written."""
    return {
        "DUPRO": translate("Urgent", "DUPRO"),
        "PSI": translate("Urgent", "PSI, final"),
        "PPI": translate("Urgent", "PPI"),
        "LOADING": translate("Urgent", "Loading"),
        "MONITORING": translate("Urgent", "Monitoring"),
    }.get(service, service)


def goods_word(group: str) -> str:
    """A product group."""
    return {
        "garment": translate("Urgent", "Garments"),
        "textile": translate("Urgent", "Textiles"),
        "footwear": translate("Urgent", "Footwear"),
        "bags": translate("Urgent", "Bags"),
        "electronics": translate("Urgent", "Electronics"),
        "toys": translate("Urgent", "Toys"),
        "furniture": translate("Urgent", "Furniture"),
        "hardware": translate("Urgent", "Hardware"),
        "packaging": translate("Urgent", "Packaging"),
        "food-contact": translate("Urgent", "Food-contact goods"),
    }.get(group, group)


def language_word(code: str) -> str:
    """A language by its two letters."""
    return {
        "zh": translate("Urgent", "Chinese"),
        "en": translate("Urgent", "English"),
        "vi": translate("Urgent", "Vietnamese"),
    }.get(code, code)
