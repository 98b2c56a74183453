"""What Alembic runs to migrate: on the connection, and in the transaction, that it is handed."""

from alembic import context

from data.store.tables import metadata

# SQLite too can make tables within a transaction; Alembic only supposes that it cannot.
context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
