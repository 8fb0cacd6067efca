"""Runs the gateway's migrations on the connection that the command opened."""

from alembic import context

from aiff_gateway.shared.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
