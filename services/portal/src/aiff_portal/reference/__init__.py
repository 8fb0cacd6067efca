"""The reference for those who write programs: what the API can do, and what its errors mean."""
