"""The whole product on one machine, in the topology of production."""
