"""A server with a certificate, and a user who has to prove who it is."""

import shutil

import psycopg

from aiff_local.engines import Postgres
from aiff_local.engines.account import give_to_plain_user

SERVICES = ("catalog", "matching", "gateway")
# Who comes as this user needs TLS and the password; the tests themselves come as the owner.
RULES = """hostssl all guarded 127.0.0.1/32 scram-sha-256
host all guarded 127.0.0.1/32 reject
"""


class GuardedPostgres(Postgres):
    """A server with a certificate, and a user who has to prove who it is."""

    def __init__(self, folder, authority):
        super().__init__(folder)
        self._authority = authority

    def _prepare(self):
        super()._prepare()
        for source, name in zip(
            self._authority.issue("127.0.0.1"), ("server.crt", "server.key"), strict=True
        ):
            shutil.copy(source, self._data / name)
            (self._data / name).chmod(0o600)
        rules = self._data / "pg_hba.conf"
        rules.write_text(RULES + rules.read_text())
        give_to_plain_user(self.folder)

    def _command(self):
        return [*super()._command(), "-c", "ssl=on"]

    def _when_ready(self):
        super()._when_ready()
        self._tell("postgres", "CREATE ROLE guarded LOGIN PASSWORD 'hidden%/@'")
        for service in SERVICES:
            self._tell(service, "GRANT ALL ON SCHEMA public TO guarded")

    def _tell(self, database, statement):
        address = self.url(database).replace("+psycopg", "")
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement)

    def guarded_settings(self):
        """Return the settings of each service for who has to prove who it is."""
        return {f"{name.upper()}_DATABASE_URL": self.guarded_url(name) for name in SERVICES}

    def guarded_url(self, database, password="hidden%25%2F%40", trusted=None, mode="verify-full"):
        """Return the address of a database for who has to prove who it is."""
        where = f"guarded:{password}@127.0.0.1:{self.port}/{database}"
        authorities = trusted or self._authority.file
        return f"postgresql+psycopg://{where}?sslmode={mode}&sslrootcert={authorities}"
