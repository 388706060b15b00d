"""Postseek, the indexer: published pages -> posts -> the index."""
