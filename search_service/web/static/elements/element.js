/** What all elements have in common: a styled shadow root, a language, a service, and ways to build their content. */

import { HOME } from "./service.js";
import { style } from "./style.js";
import { textsFor } from "./texts.js";

/**
 * A new DOM element. `traits` are attributes; one that is a function listens to the event of its name, one that is
 * null or false is left out. Strings among the children become text, never markup.
 */
export function make(name, traits = {}, ...children) {
  const element = document.createElement(name);
  for (const [trait, value] of Object.entries(traits)) {
    if (typeof value === "function") element.addEventListener(trait, value);
    else if (value != null && value !== false) element.setAttribute(trait, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child != null && child !== false));
  return element;
}

/** `text` with its matches in <mark>s. Ranges count code points, not the UTF-16 units of JavaScript's strings. */
export function marked(text, ranges) {
  const points = Array.from(text);
  const nodes = [];
  let end = 0;
  for (const [first, last] of ranges ?? []) {
    nodes.push(points.slice(end, first).join(""), make("mark", { part: "mark" }, points.slice(first, last).join("")));
    end = last;
  }
  return [...nodes, points.slice(end).join("")];
}

/** `url` if it is an http(s) address, which may become a link or an image; else null. */
export function webAddress(url) {
  try {
    return /^https?:$/.test(new URL(url).protocol) ? url : null;
  } catch {
    return null;
  }
}

/** Whether a click is one that the page may answer itself: no modifier that asks for a new tab or window. */
export function isPlain(click) {
  return click.button === 0 && !(click.ctrlKey || click.metaKey || click.shiftKey || click.altKey);
}

export class PostseekElement extends HTMLElement {
  #life;

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [style];
    root.append(make("slot")); // what the page has inside the element stays until there is something better
  }

  /** Show the element; `life` aborts when it leaves the page. */
  start(life) {}

  async connectedCallback() {
    const { signal } = (this.#life = new AbortController());
    const lang = this.closest("[lang]")?.lang || "en";
    this.texts = await textsFor(lang, (key) => this.getAttribute(`text-${key}`));
    if (!signal.aborted) this.start(signal);
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  /** The base address of the service, with a slash at its end: where the module came from, unless one is named. */
  get service() {
    const named = this.getAttribute("service");
    try {
      const url = new URL((named || HOME.href).replace(/\/*$/, "/"), document.baseURI);
      return webAddress(url) ?? HOME;
    } catch {
      return HOME;
    }
  }

  /** An address of the service; parameters without a value are left out. */
  address(path, parameters = {}) {
    const url = new URL(path, this.service);
    for (const [name, value] of new URLSearchParams(parameters)) if (value) url.searchParams.append(name, value);
    return url;
  }

  /** A whole number from an attribute, no greater than the service takes. */
  number(attribute, otherwise, most = Infinity) {
    const value = Number.parseInt(this.getAttribute(attribute), 10);
    return value > 0 ? Math.min(value, most) : otherwise;
  }

  /** Fill the shadow root, in the language of the texts and in its direction. */
  fill(...children) {
    const { lang, rtl } = this.texts;
    this.shadowRoot.replaceChildren(make("div", { part: "root", lang, dir: rtl && "rtl" }, children));
  }

  /** The date of a post as the reader's language writes it. */
  date(date) {
    return date && make("time", { part: "date", datetime: date }, this.texts.date(date));
  }

  /** The title of a post, linked. */
  title({ url, title, title_marks: marks, lang }) {
    return make("a", { part: "title", href: webAddress(url), lang, dir: "auto" }, marked(title || url, marks));
  }

  /** The heading that a snippet stands below, linked where its address is known. */
  section({ snippet: { section }, lang }) {
    const href = webAddress(section?.url);
    const traits = { part: "section-title", lang, dir: "auto" };
    return section && make(href ? "a" : "span", { ...traits, href }, marked(section.title, section.marks));
  }

  /** The picture of a post. It says nothing that the title doesn't, so screen readers skip it. */
  image({ image }) {
    const src = webAddress(image);
    return (
      src &&
      make("img", {
        part: "image",
        src,
        alt: "",
        loading: "lazy",
        decoding: "async",
        referrerpolicy: "no-referrer",
        error: (event) => event.target.remove(),
      })
    );
  }

  /** What stands where the service can't be reached: a sentence, and where the search can be found. */
  apology(parameters) {
    const href = this.address("", parameters);
    return make(
      "p",
      { part: "notice" },
      this.texts.say("away"),
      " ",
      make("a", { part: "notice-link", href }, this.texts.say("away-link")),
    );
  }
}
