/**
 * Lists that stand beside a post: <post-tags>, <post-recent>, <post-featured>, <post-related>.
 *
 * What is inside such an element stays until its list is there, and where the service is away. An element with nothing
 * to show hides, its heading (`slot="heading"`) with it.
 */

import { isPlain, make, PostseekElement } from "./element.js";
import { ask, Missing } from "./service.js";

class List extends PostseekElement {
  static observedAttributes = ["limit", "service", "url", "view"];

  #content;
  #life;
  #loading = new AbortController();

  /** The address of the answer. */
  get source() {
    throw new Error(`${this.localName} names no source`);
  }

  /** The list of an answer; null if there is nothing in it. */
  list(answer) {
    throw new Error(`${this.localName} shows nothing of ${answer}`);
  }

  start(life) {
    this.#life = life;
    this.#content = make("div", { part: "content" }, make("slot"));
    this.fill(make("slot", { name: "heading" }), this.#content);
    this.load();
  }

  attributeChangedCallback() {
    if (this.#life && !this.#life.aborted) this.load();
  }

  async load() {
    this.#loading.abort();
    const loading = (this.#loading = new AbortController());
    this.#life.addEventListener("abort", () => loading.abort());
    try {
      const list = this.list(await ask(this.source, loading.signal));
      this.hidden = !list;
      if (list) this.#content.replaceChildren(list);
    } catch (error) {
      if (loading.signal.aborted) return;
      this.hidden = error instanceof Missing;
      if (!this.hidden) this.#apologise(loading.signal);
    }
  }

  /** The service is away: leave what the page itself has to say, or say so. Look again when there is hope. */
  #apologise(signal) {
    const own = [...this.childNodes].some((node) => !node.slot && node.textContent.trim());
    this.#content.replaceChildren(own ? make("slot") : this.apology());
    const again = () => document.visibilityState === "visible" && this.load();
    addEventListener("online", again, { signal });
    document.addEventListener("visibilitychange", again, { signal });
  }
}

/** A list of posts: titles and dates, with pictures where `view` is `cards`. */
class PostList extends List {
  list({ hits }) {
    const cards = this.getAttribute("view") === "cards";
    const items = hits.slice(0, this.number("limit", 5)).map((hit) =>
      make("li", { part: "item" }, cards && this.image(hit), this.title(hit), " ", this.date(hit.date)),
    );
    const traits = { part: cards ? "posts cards" : "posts", "aria-label": this.texts.say(this.name) };
    return items.length ? make("ul", traits, items) : null;
  }
}

/** The newest posts. */
export class PostRecent extends PostList {
  name = "recent";

  get source() {
    return this.address("recent", { per_page: this.number("limit", 5, 100), facets: 0 });
  }
}

/** The posts that the blog's owner features, in the owner's order. */
export class PostFeatured extends PostList {
  name = "featured";

  get source() {
    return this.address("featured");
  }
}

/** The posts nearest to the one on this page, or to the one whose address `url` says. */
export class PostRelated extends PostList {
  name = "related";

  get source() {
    const canonical = document.querySelector("link[rel=canonical]")?.href;
    const url = this.getAttribute("url") ?? canonical ?? location.href.replace(/#.*/, "");
    return this.address("related", { url, limit: this.number("limit", 5, 20) });
  }
}

/**
 * The tags of the blog, the most used ones: a cloud in order of the alphabet or, where `view` is `list`, a list in
 * order of their counts. They lead to the service's own page, to the page that `results` says, or to the <post-search>
 * whose id `for` says.
 */
export class PostTags extends List {
  get source() {
    return this.address("tags");
  }

  list({ tags }) {
    const counted = this.getAttribute("view") === "list";
    const shown = tags.slice(0, this.number("limit", 40));
    if (!shown.length) return null;
    const order = new Intl.Collator(this.texts.lang, { numeric: true });
    if (!counted) shown.sort((one, other) => order.compare(one.label, other.label));
    const most = Math.max(...shown.map(({ count }) => count));
    // Five sizes; logarithms, since a few tags have most of the posts.
    const size = (count) => (most > 1 ? 1 + Math.round((4 * Math.log(count)) / Math.log(most)) : 1);
    return make(
      "ul",
      { part: counted ? "tag-list" : "cloud", "aria-label": this.texts.say("tags") },
      shown.map(({ tag, label, count }) =>
        make(
          "li",
          { part: counted ? "item" : `item size-${size(count)}` },
          make(
            "a",
            { part: "tag", href: this.#link(tag), click: (event) => this.#choose(tag, event) },
            make("bdi", {}, label),
            " ",
            make("span", { part: "count" }, this.texts.number(count)),
          ),
        ),
      ),
    );
  }

  #link(tag) {
    const page = this.getAttribute("results");
    const url = page ? new URL(page, document.baseURI) : this.address("");
    url.searchParams.set("tag", tag);
    return url;
  }

  #choose(tag, event) {
    const box = document.getElementById(this.getAttribute("for"));
    if (!box?.search || !isPlain(event)) return;
    event.preventDefault();
    box.search({ tag });
  }
}
