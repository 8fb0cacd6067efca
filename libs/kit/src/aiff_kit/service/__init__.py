"""One grammar for what every service does: its application, worker, command line and settings."""

from aiff_kit.service.application import Named, WebParts, application, create_app
from aiff_kit.service.command_line import command_line, engine_checks, opened_with_bus
from aiff_kit.service.definition import Service, ServiceDatabase, WorkerParts
from aiff_kit.service.events import EventConsumer, EventTables, ServiceEvents, consumer_of
from aiff_kit.service.settings import Server, ServiceSettings, read_settings
from aiff_kit.service.unit_of_work import UnitOfWork

__all__ = [
    "EventConsumer",
    "EventTables",
    "Named",
    "Server",
    "Service",
    "ServiceDatabase",
    "ServiceEvents",
    "ServiceSettings",
    "UnitOfWork",
    "WebParts",
    "WorkerParts",
    "application",
    "command_line",
    "consumer_of",
    "create_app",
    "engine_checks",
    "opened_with_bus",
    "read_settings",
]
