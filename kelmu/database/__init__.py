"""PostgreSQL as Django knows it, with connections that wait in a pool for their next use."""
