"""What the gateway's capabilities share: tables, transactions, migrations, the base of errors."""
