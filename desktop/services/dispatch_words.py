"""The settings of dispatching in words, as `setting_words` has those of plans."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.services.dispatching.house import NAMES_TO_FACTORIES, SECURITIES
from desktop.services.setting_kinds import SettingWords

DISPATCH_WORDS: Mapping[str, SettingWords] = {
    "dispatch.tell_factories": SettingWords(
        "Announce visits to factories", "Dispatch", "switch", "The day, what is needed, how many come.", lowest=None
    ),
    "dispatch.tell_clients": SettingWords(
        "Announce visits to clients", "Dispatch", "switch", "The day, the factory, the goods.", lowest=None
    ),
    "dispatch.names_to_factories": SettingWords(
        "Names of inspectors to factories",
        "Dispatch",
        "choice",
        "From when on a message to a factory says who comes. Before that it says how many.",
        lowest=None,
        choices=NAMES_TO_FACTORIES,
    ),
    "dispatch.remind_after_hours": SettingWords(
        "Ask again after", "Dispatch", "whole", "Hours after a message to which nobody has answered.", "h"
    ),
    "dispatch.remind_before_hours": SettingWords(
        "Ask again before the visit", "Dispatch", "whole", "At the latest so long before it begins.", "h"
    ),
    "dispatch.alarm_hours": SettingWords(
        "Alarm in the calendar", "Dispatch", "whole", "Before a visit begins. 0: no alarm.", "h", 0, 168
    ),
    "mail.host": SettingWords(
        "Mail server", "Dispatch", "text", "Its name, such as smtp.example.com. Empty: no e-mail.", lowest=None
    ),
    "mail.port": SettingWords("Port", "Dispatch", "whole", "587 for STARTTLS, 465 for SSL.", "", 1, 65535),
    "mail.security": SettingWords(
        "Encryption",
        "Dispatch",
        "choice",
        "None only for a server in your own net that asks for no password.",
        lowest=None,
        choices=SECURITIES,
    ),
    "mail.sender": SettingWords(
        "Sender", "Dispatch", "text", "The address that messages come from, and answers go to.", lowest=None
    ),
    "mail.sender_name": SettingWords(
        "Name of the sender", "Dispatch", "text", "Stands beside the address.", lowest=None
    ),
    "mail.user": SettingWords(
        "User of the mail server",
        "Dispatch",
        "text",
        "The password is kept by this computer's keyring. Empty: the server asks for none.",
        lowest=None,
    ),
    "mail.timeout_seconds": SettingWords(
        "Wait for the mail server", "Dispatch", "whole", "For each answer, before it counts as a fault.", "s", 1, 300
    ),
}
