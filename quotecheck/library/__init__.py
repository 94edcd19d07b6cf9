"""The SQLite file. The only package with SQL: schema, rows, passage index, vectors, integrity."""
