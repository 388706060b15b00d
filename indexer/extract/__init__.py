"""Page -> document: what would be indexed of a page, and whether it is a post."""

from .model import EXTRACTOR_VERSION, Extraction
from .page import extract

__all__ = ["EXTRACTOR_VERSION", "Extraction", "extract"]
