"""The embedded adapter: Whoosh, in this process, in generations on this disk."""
