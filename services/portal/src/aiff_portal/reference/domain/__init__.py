"""Words of the pages, and what the API's description becomes on them."""
