"""What every capability stands on: tables, transactions, readers, migrations, errors."""
