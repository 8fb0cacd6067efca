"""The gateway: the one public address. Who are you, where does it go, may it be remembered."""
