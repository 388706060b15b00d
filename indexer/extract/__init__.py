"""Page -> document: what would be indexed of a page, and whether it is a post. `page.extract` is the way in.

Nothing is imported here: whoever only handles extractions needs none of the parsers.
"""
