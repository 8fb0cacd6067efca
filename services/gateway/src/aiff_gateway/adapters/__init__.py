"""How the gateway's ports are met: database, password hashing, HTTP to the services, events."""
