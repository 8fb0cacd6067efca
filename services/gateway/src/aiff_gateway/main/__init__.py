"""Where the environment is read and the parts are put together."""
