"""What is known of publishing platforms: how to recognise them, and where their themes keep what.

`platforms.toml` has it, `platforms` reads it, `hints` weighs it against what a page says. Nothing is imported here:
whoever only compares the table with that of the last run needs none of the parsers.
"""
