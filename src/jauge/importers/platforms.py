"""The platforms that are read: their files are loaded when a file is looked at."""

from __future__ import annotations

import functools
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jauge.importers.platform import Platform

MODULES = (
    "amazon_connect",
    "amazon_lex",
    "botframework",
    "botpress_cloud",
    "botpress_v12",
    "chatwoot",
    "copilot_studio",
    "crisp",
    "dialogflow_cx",
    "flat_text",
    "freshchat",
    "freshdesk",
    "gorgias",
    "instagram",
    "intercom",
    "kore_ai",
    "langfuse",
    "messenger",
    "openai_messages",
    "otel_genai",
    "rasa",
    "sharegpt",
    "sunshine",
    "whatsapp",
    "zendesk_chat",
)
"""The files of importers/ that declare a platform, each as `PLATFORM`."""


@functools.cache
def platforms() -> tuple[Platform, ...]:
    """Give the importers of all platforms.

    >>> "rasa" in [platform.name for platform in platforms()]
    True
    """
    modules = (import_module(f"jauge.importers.{name}") for name in MODULES)
    return tuple(module.PLATFORM for module in modules)
