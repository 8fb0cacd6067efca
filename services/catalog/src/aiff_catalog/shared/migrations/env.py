"""Runs the migrations on the connection that the migrate command opened."""

from alembic import context

from aiff_catalog.shared.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
