"""Alembic environment: migrates on the connection, and in the transaction, of the caller."""

from alembic import context

from data.store.tables import metadata

# SQLite can create tables within a transaction; Alembic assumes that it cannot.
context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
