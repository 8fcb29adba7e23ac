"""What all parts of the ledger share: connection, SQL, encoding, migrations, views and events."""
