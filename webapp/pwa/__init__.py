"""What makes a page an app: the manifest, the worker's door, and whether the server is well."""
