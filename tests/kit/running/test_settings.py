"""Settings are checked at start, and the local secret is one for all processes."""

import subprocess
import sys

import pytest
import trustme
from pydantic import TypeAdapter, ValidationError
from sqlalchemy import make_url
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg

from aiff_kit.settings import (
    BusSettings,
    DatabaseUrl,
    RuntimeSettings,
    identity_secret,
    read,
)

ASK = "from aiff_kit.settings import *; print(identity_secret(read(RuntimeSettings)))"


def runtime(folder, **values):
    return RuntimeSettings.model_validate({"AIFF_DATA_DIR": folder, **values})


def test_processes_that_start_together_share_one_whole_secret(tmp_path):
    folder = tmp_path / "data"
    command = [sys.executable, "-c", ASK]
    environment = {"AIFF_DATA_DIR": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    started = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(6)
    ]
    answers = [process.communicate()[0].strip() for process in started]
    kept = folder / "identity.secret"
    assert set(answers) == {kept.read_text()}
    assert len(kept.read_text()) >= 32
    assert kept.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in folder.iterdir()] == ["identity.secret"]


def test_a_secret_that_another_process_wrote_first_is_taken(tmp_path, monkeypatch):
    monkeypatch.setattr("pathlib.Path.exists", lambda _path: False)
    (tmp_path / "identity.secret").write_text("f" * 40)
    assert identity_secret(runtime(tmp_path)) == "f" * 40


@pytest.mark.parametrize("content", [b"", b"short", b"\xff" * 40])
def test_a_kept_file_that_is_no_secret_is_refused_and_not_used(tmp_path, content):
    (tmp_path / "identity.secret").write_bytes(content)
    with pytest.raises(SystemExit, match=r"^cannot start: AIFF_DATA_DIR: .*identity\.secret is n"):
        identity_secret(runtime(tmp_path))


def test_a_data_folder_that_cannot_be_made_is_one_line(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(SystemExit, match=r"^cannot start: AIFF_DATA_DIR: "):
        identity_secret(runtime(tmp_path / "file" / "data"))


@pytest.mark.parametrize("values", [{}, {"AIFF_IDENTITY_SECRET": "short"}])
def test_outside_development_the_secret_must_be_set_and_long(tmp_path, values):
    settings = runtime(tmp_path, AIFF_ENVIRONMENT="production", **values)
    with pytest.raises(SystemExit, match="AIFF_IDENTITY_SECRET must have at least 32"):
        identity_secret(settings)
    assert list(tmp_path.iterdir()) == []


SIGNED_IN = {
    "KAFKA_SECURITY_PROTOCOL": "SASL_SSL",
    "KAFKA_SASL_USERNAME": "aiff",
    "KAFKA_SASL_PASSWORD": "hidden",
}


@pytest.fixture
def files(tmp_path):
    """Certificates as an operator has them, and a file that holds none."""
    authority, mine = trustme.CA(), trustme.CA().issue_cert("a-service.example")
    names = ("ca", "certificate", "key", "nonsense")
    found = {name: tmp_path / f"{name}.pem" for name in names}
    authority.cert_pem.write_to_path(found["ca"])
    mine.cert_chain_pems[0].write_to_path(found["certificate"])
    mine.private_key_pem.write_to_path(found["key"])
    found["nonsense"].write_text("nonsense")
    return {name: str(path) for name, path in found.items()}


def test_a_password_shows_neither_in_the_settings_nor_in_their_errors(monkeypatch):
    assert "hidden" not in repr(BusSettings.model_validate(SIGNED_IN))
    for name, value in {**SIGNED_IN, "KAFKA_SECURITY_PROTOCOL": "hidden"}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as caught:
        read(BusSettings)
    assert "KAFKA_SECURITY_PROTOCOL" in str(caught.value)
    assert "hidden" not in str(caught.value)


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"KAFKA_SECURITY_PROTOCOL": "SASL_SSL"}, "KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD"),
        ({**SIGNED_IN, "KAFKA_SASL_PASSWORD": None}, "KAFKA_SASL_PASSWORD go with"),
        ({**SIGNED_IN, "KAFKA_SECURITY_PROTOCOL": "SSL"}, "SASL_SSL or SASL_PLAINTEXT"),
        ({**SIGNED_IN, "KAFKA_SASL_MECHANISM": "GSSAPI"}, "KAFKA_SASL_MECHANISM"),
        ({"KAFKA_SSL_CA_FILE": "ca"}, "KAFKA_SECURITY_PROTOCOL=SSL or SASL_SSL"),
        ({**SIGNED_IN, "KAFKA_SSL_CA_FILE": "nonsense"}, "holds no certificates"),
        ({**SIGNED_IN, "KAFKA_SSL_CA_FILE": "missing"}, "KAFKA_SSL_CA_FILE"),
        ({**SIGNED_IN, "KAFKA_SSL_KEY_FILE": "key"}, "go together"),
        (
            {
                **SIGNED_IN,
                "KAFKA_SSL_CERTIFICATE_FILE": "ca",
                "KAFKA_SSL_KEY_FILE": "key",
            },
            "must hold a certificate and its key",
        ),
    ],
)
def test_settings_of_the_bus_that_contradict_each_other_are_refused(files, given, named):
    settings = {name: files.get(value, value) for name, value in given.items()}
    with pytest.raises(ValueError, match=named):
        BusSettings.model_validate(settings)


def test_a_client_may_have_a_certificate_of_its_own(files):
    own = {"KAFKA_SSL_CERTIFICATE_FILE": files["certificate"], "KAFKA_SSL_KEY_FILE": files["key"]}
    settings = BusSettings.model_validate(
        {"KAFKA_SECURITY_PROTOCOL": "SSL", "KAFKA_SSL_CA_FILE": files["ca"], **own}
    )
    assert str(settings.kafka_ssl_certificate_file) == files["certificate"]


@pytest.mark.parametrize(
    ("given", "host", "port"),
    [
        ("postgres://u:p@127.0.0.1:5432/catalog", "127.0.0.1", "5432"),
        ("postgresql://u:p@127.0.0.1/catalog", "127.0.0.1", None),
        ("postgresql+psycopg://u:p@h/catalog?sslmode=require", "h", None),
        ("postgres://u:p@h1:5432,h2:5433/catalog", "h1,h2", "5432,5433"),
        (
            "postgresql://u:p@h1,h2:6000/catalog?target_session_attrs=read-write",
            "h1,h2",
            "5432,6000",
        ),
    ],
)
def test_a_database_address_is_taken_as_hosts_hand_it_out(given, host, port):
    url = make_url(TypeAdapter(DatabaseUrl).validate_python(given))
    assert url.drivername == "postgresql+psycopg"
    assert (url.username, url.password, url.database) == ("u", "p", "catalog")
    assert url.query.get("host", url.host) == host
    assert url.query.get("port", url.port and str(url.port)) == port
    assert url.query.get("target_session_attrs", "read-write") == "read-write"
    connection = PGDialect_psycopg().create_connect_args(url)[1]
    assert connection["host"] == host


@pytest.mark.parametrize(
    "given", ["postgres://u:p@h1,:5432/x", "mysql://h1,h2/x", "postgres://u:p@h1,h2:port/x"]
)
def test_a_list_of_hosts_that_cannot_be_read_is_refused(given):
    with pytest.raises(ValidationError, match="must be like postgresql"):
        TypeAdapter(DatabaseUrl).validate_python(given)
