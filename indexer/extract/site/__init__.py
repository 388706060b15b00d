"""Reading a whole site: what its pages have in common is learned from a sample, then every page is read by it.

`sample.choose` picks the pages, `learn.learn` makes a `SiteTemplates` of them, `read.SiteReader` reads pages by it.
Nothing is imported here: whoever only handles what was learned needs none of the parsers.
"""
