"""Postseek, the service: searches an index of a blog and answers over HTTP and in the terminal."""
