"""Real engines on one machine without containers: Kafka, OpenSearch, PostgreSQL, Redis.

Each is `Engine(folder, port)`: obtain, start (waits until ready), settings, stop; and for fault
tests kill, pause, resume. Everything listens on loopback only.
"""

from aiff_local.engines.base import Engine, EngineUnavailableError
from aiff_local.engines.fleet import ENGINES, Fleet
from aiff_local.engines.kafka import Kafka, KafkaCluster
from aiff_local.engines.opensearch import OpenSearch
from aiff_local.engines.postgres import Postgres
from aiff_local.engines.redis import Redis

__all__ = [
    "ENGINES",
    "Engine",
    "EngineUnavailableError",
    "Fleet",
    "Kafka",
    "KafkaCluster",
    "OpenSearch",
    "Postgres",
    "Redis",
]
