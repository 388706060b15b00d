/** The results of a search: summary, filters, facets and hits, each control a link to the search that it leads to. */

import { isPlain, make, marked } from "./element.js";
import { having, lacking, setting, tagged } from "./state.js";

const FACETS = 15; // tags to narrow by
const WIDE = 640; // CSS pixels from which the facets start unfolded: the breadth at which they stand aside
const DEEPEST = 1000; // hits that the service pages through

export class Results {
  #element;
  #search;
  #state;
  #hits;
  #more;
  #unfolded;
  #labels = new Map();

  /** `search` knows the address of a state (`link`) and how to get there (`go`, `more`). */
  constructor(element, search) {
    this.#element = element;
    this.#search = search;
    this.section = make("section", { part: "results", "aria-labelledby": "summary", hidden: true });
  }

  get shown() {
    return this.#hits?.childElementCount ?? 0;
  }

  clear() {
    this.section.hidden = true;
    this.section.replaceChildren();
    this.#hits = null;
  }

  set busy(busy) {
    this.section.setAttribute("aria-busy", String(busy));
  }

  get #period() {
    return this.#state.get("after") ?? this.#state.get("before");
  }

  /** Show the first hits of a search in place of what was there. */
  show(answer, state) {
    this.#state = state;
    for (const { tag, label } of [...(answer.facets?.tags ?? []), ...answer.hits.flatMap((hit) => hit.tags)]) {
      this.#labels.set(tag, label);
    }
    const aside = this.section.parentElement.clientWidth >= WIDE;
    this.#unfolded ??= aside;
    this.#hits = make("ol", { part: "hits" });
    this.#more = make("div", { part: "more" });
    const facets = answer.total > (this.#period ? 0 : 1) && this.#facets(answer);
    const list = make("div", { part: "list" }, answer.total > 1 && this.#orders(), this.#hits, this.#more);
    this.section.replaceChildren(
      make("h2", { part: "summary", id: "summary", tabindex: "-1" }, this.#summary(answer)),
      ...[this.#filters(), this.#correction(answer), this.#proposal(answer), this.#dropped(answer)].filter(Boolean),
      make(
        "div",
        { part: facets ? "columns narrowable" : "columns" },
        aside ? [list, facets] : [facets, list], // in the order in which they are seen
      ),
    );
    if (!answer.total) this.#more.before(make("p", { part: "note" }, this.#element.texts.say("hint")));
    this.section.hidden = false;
    this.append(answer);
  }

  /** Show more hits of the same search. Returns the first of them. */
  append(answer) {
    const items = answer.hits.map((hit) => make("li", { part: "hit" }, this.#hit(hit)));
    this.#hits.append(...items);
    const button = { part: "button more-button", type: "button", click: () => this.#search.more() };
    const left = this.shown < answer.total && this.shown + answer.per_page <= DEEPEST && items.length;
    this.#more.replaceChildren(...(left ? [make("button", button, this.#element.texts.say("more"))] : []));
    return items[0];
  }

  /** Say that the search takes its time, where there is nothing to look at meanwhile. */
  wait() {
    if (!this.section.hidden) return;
    this.section.replaceChildren(make("p", { part: "notice" }, this.#element.texts.say("busy")));
    this.section.hidden = false;
  }

  /** Say that the search is away, with the way to its own page: in place of the hits, or below them. */
  apologise(state, { keepHits }) {
    const apology = this.#element.apology(state);
    if (keepHits) {
      this.#more.querySelector("[part=notice]")?.remove();
      return this.#more.append(apology); // the button stays where it is, and the focus on it
    }
    this.clear();
    this.section.replaceChildren(apology);
    this.section.hidden = false;
  }

  /** Put the focus on the summary: the control that had it may be gone. */
  focus() {
    this.section.querySelector("[part=summary]")?.focus();
  }

  /** What was found, as a sentence for the live region. */
  sentence(answer) {
    const [key, values] = this.#found(answer);
    return this.#element.texts.say(key, values);
  }

  #found({ total, q }) {
    return total
      ? [q ? "found-for" : "found", { n: total, q }]
      : [q ? "none-for" : "none", { q }];
  }

  #summary(answer) {
    const [key, values] = this.#found(answer);
    return this.#element.texts.pieces(key, { ...values, q: make("bdi", {}, answer.q) });
  }

  #link(state, traits, ...children) {
    const click = (event) => {
      if (!isPlain(event)) return;
      event.preventDefault();
      this.#search.go(state);
    };
    return make("a", { href: this.#search.link(state), click, ...traits }, children);
  }

  #filters() {
    const { texts } = this.#element;
    const state = this.#state;
    const chips = [];
    const chip = (name, without) =>
      chips.push(
        make(
          "li",
          {},
          this.#link(
            without,
            { part: "chip", "aria-label": texts.say("remove", { name }) },
            make("bdi", {}, name),
            make("span", { part: "cross", "aria-hidden": "true" }, "×"),
          ),
        ),
      );
    const [after, before] = [state.get("after"), state.get("before")];
    if (after && after === before) chip(texts.date(after), setting(state, { after: "", before: "" }));
    else {
      if (after) chip(texts.say("from", { name: texts.date(after) }), setting(state, { after: "" }));
      if (before) chip(texts.say("until", { name: texts.date(before) }), setting(state, { before: "" }));
    }
    for (const [name, value] of state) {
      if (name === "author") chip(value, lacking(state, name, value));
      if (name === "lang") chip(texts.language(value), lacking(state, name, value));
      if (name !== "tag" && name !== "not_tag") continue;
      const label = value.split(",").map((tag) => this.#labels.get(tag) ?? tag).join(" / ");
      chip(name === "tag" ? label : texts.say("without", { name: label }), lacking(state, name, value));
    }
    return chips.length && make("ul", { part: "filters", "aria-label": texts.say("filters") }, chips);
  }

  #correction({ corrected }) {
    if (!corrected) return null;
    const { texts } = this.#element;
    // Quoted words are never corrected.
    const kept = new Set(corrected.to.toLowerCase().split(/\s+/));
    const insisting = corrected.from.replace(/[^\s"]+/g, (word) => (kept.has(word.toLowerCase()) ? word : `"${word}"`));
    return make(
      "p",
      { part: "note" },
      texts.pieces("corrected", { q: make("b", { dir: "auto" }, corrected.to) }),
      " ",
      this.#link(
        setting(this.#state, { q: insisting }),
        { part: "note-link" },
        texts.pieces("insist", { q: make("bdi", {}, corrected.from) }),
      ),
    );
  }

  #proposal({ did_you_mean: proposed }) {
    if (!proposed) return null;
    const link = this.#link(setting(this.#state, { q: proposed }), { part: "note-link", dir: "auto" }, proposed);
    return make("p", { part: "note" }, this.#element.texts.pieces("meant", { q: link }));
  }

  #dropped({ dropped }) {
    const words = dropped.filter(({ why }) => why.startsWith("in no post")).map(({ word }) => word);
    if (!words.length) return null;
    const named = make("bdi", {}, words.join(", "));
    return make("p", { part: "note" }, this.#element.texts.pieces("dropped", { words: named }));
  }

  #orders() {
    const { texts } = this.#element;
    const current = this.#state.get("sort") ?? "";
    const orders = Object.entries({ "": "best", "-date": "newest", date: "oldest" });
    // Without words there is no best match: all are equally good, and the newest come first.
    const offered = this.#state.get("q") ? orders : orders.slice(1);
    const chosen = (sort) => sort === current || (sort === "-date" && !current && !this.#state.get("q"));
    return make(
      "nav",
      { part: "orders", "aria-label": texts.say("order") },
      offered.map(([sort, key]) =>
        this.#link(
          setting(this.#state, { sort }),
          { part: chosen(sort) ? "order current" : "order", "aria-current": chosen(sort) && "true" },
          texts.say(key),
        ),
      ),
    );
  }

  #facets({ facets, total }) {
    const { texts } = this.#element;
    const narrowing = ({ count }) => count < total; // one that all hits have, such as a chosen one, isn't
    // Of alternatives, tags are counted as one more of them; of a period, years as what may take its place.
    const either = this.#state.getAll("tag").some((tags) => tags.includes(","));
    const tags = either ? [] : (facets?.tags ?? []).filter(narrowing).slice(0, FACETS);
    const chosen = this.#state.get("after") === this.#state.get("before") && this.#state.get("after");
    const years = (facets?.years ?? []).filter(this.#period ? ({ year }) => String(year) !== chosen : narrowing);
    const group = (key, choices) =>
      choices.length > 0 && [
        make("h3", { part: "facet-name", id: key }, texts.say(key)),
        make("ul", { part: "facet", "aria-labelledby": key }, choices),
      ];
    const choice = (state, label, count) =>
      make(
        "li",
        {},
        this.#link(
          state,
          { part: "tag" },
          make("bdi", {}, label),
          " ",
          make("span", { part: "count" }, texts.number(count)),
        ),
      );
    return make(
      "details",
      { part: "facets", open: this.#unfolded, toggle: (event) => (this.#unfolded = event.target.open) },
      make("summary", { part: "narrow" }, texts.say("narrow")),
      group("tags", tags.map(({ tag, label, count }) => choice(having(this.#state, "tag", tag), label, count))),
      group(
        "years",
        years.map(({ year, count }) =>
          choice(setting(this.#state, { after: String(year), before: String(year) }), String(year), count),
        ),
      ),
      make("h3", { part: "facet-name" }, texts.say("dates")),
      this.#dates(),
    );
  }

  #dates() {
    const { texts } = this.#element;
    const day = (name, key) =>
      make("label", { part: "day" }, texts.say(key), make("input", { part: "input", type: "date", name }));
    const after = day("after", "first-day");
    const before = day("before", "last-day");
    after.control.value = wholeDay(this.#state.get("after"), "-01", () => "-01");
    before.control.value = wholeDay(this.#state.get("before"), "-12", lastDay);
    const submit = (event) => {
      event.preventDefault();
      const days = [after.control.value, before.control.value];
      if (days.every(Boolean)) days.sort();
      this.#search.go(setting(this.#state, { after: days[0], before: days[1] }));
    };
    return make(
      "form",
      { part: "dates", submit },
      after,
      before,
      make("button", { part: "button apply" }, texts.say("apply")),
    );
  }

  #hit(hit) {
    const element = this.#element;
    const about = [element.date(hit.date), hit.author && make("bdi", { part: "author" }, hit.author)].filter(Boolean);
    const tags = hit.tags.map(({ tag, label }) =>
      make("li", {}, this.#link(tagged(this.#state, tag), { part: "tag" }, make("bdi", {}, label))),
    );
    return [
      element.image(hit),
      make("h3", { part: "hit-title" }, element.title(hit)),
      about.length > 0 && make("p", { part: "about" }, about[0], about[1] && [" · ", about[1]]),
      hit.snippet.section && make("p", { part: "section" }, element.section(hit)),
      hit.snippet.text &&
        make("p", { part: "snippet", lang: hit.lang, dir: "auto" }, marked(hit.snippet.text, hit.snippet.marks)),
      tags.length > 0 && make("ul", { part: "tags", "aria-label": element.texts.say("tags") }, tags),
    ];
  }
}

/** A period's first or last day as a date field takes it: `2017`, `2017-03` or `2017-03-22`. */
function wholeDay(period, month, day) {
  if (!period) return "";
  if (period.length === 4) period += month;
  return period.length === 7 ? period + day(period) : period;
}

function lastDay(month) {
  const [year, number] = month.split("-").map(Number);
  return `-${new Date(Date.UTC(year, number, 0)).getUTCDate()}`;
}
