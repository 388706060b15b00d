/**
 * Postseek's elements for a blog's pages. One line loads them:
 *
 *     <script type="module" src="https://search.example/postseek.js"></script>
 *
 *     <post-search>    a search box with suggestions, and the results
 *     <post-tags>      the blog's tags, as a cloud or a list
 *     <post-recent>    its newest posts
 *     <post-featured>  the posts that its owner features
 *     <post-related>   the posts nearest to the one on this page
 *
 * docs/theming.md lists attributes, variables, parts and texts. The service joins this file and what it imports into
 * one, in search_service/web/script.py.
 */

import { PostFeatured, PostRecent, PostRelated, PostTags } from "./elements/lists.js";
import { PostSearch } from "./elements/search.js";

const ELEMENTS = {
  "post-search": PostSearch,
  "post-tags": PostTags,
  "post-recent": PostRecent,
  "post-featured": PostFeatured,
  "post-related": PostRelated,
};

// Without this (before 2024) what is inside the elements goes on to work: a form, links.
if (AbortSignal.any) {
  for (const [name, element] of Object.entries(ELEMENTS)) {
    if (!customElements.get(name)) customElements.define(name, element);
  }
}
