"""The service: routes, pages and their formats."""
