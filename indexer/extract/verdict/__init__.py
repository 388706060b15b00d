"""Is a page a post, and is it for everybody?"""
