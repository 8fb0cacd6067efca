"""Tables, repositories, the unit of work, the catalogue in memory."""
