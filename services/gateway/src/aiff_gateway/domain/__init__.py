"""The rules of the gateway: credentials, accounts, routes, freshness, merged API document."""
