/**
 * <post-search>: the box, what it suggests while somebody types, and the results.
 *
 * A plain form inside it is what visitors without JavaScript get; its label, button, placeholder and hidden fields are
 * taken over.
 */

import { Combobox } from "./combobox.js";
import { isPlain, make, marked, PostseekElement, webAddress } from "./element.js";
import { Results } from "./results.js";
import { ask, Missing } from "./service.js";
import { isSearch, readState, setting, tagged, writeState } from "./state.js";

const PACE = 100; // milliseconds between two requests while somebody types; the first goes out at once
const SILENCE = 500; // milliseconds until a search that takes its time says so
const POLITENESS = 700; // milliseconds of quiet before a screen reader is told: nobody wants to hear every keystroke
const TAGS = 3; // of a suggested post; some have dozens, and each is read out with the title
const REMEMBERED = 100; // answers to what was typed before

export class PostSearch extends PostseekElement {
  #input;
  #combobox;
  #notice;
  #results;
  #status;
  #life;
  #state = new URLSearchParams();
  #typing = new AbortController();
  #searching = new AbortController();
  #pace;
  #asked = 0;
  #announcing;
  #suggests = true;
  #answers = new Map();

  start(life) {
    this.#life = life;
    this.#results = new Results(this, {
      link: (state) => this.#link(state),
      go: (state) => this.#go(state),
      more: () => this.#more(),
    });
    this.#status = make("div", { part: "status", role: "status" });
    this.fill(this.#form(), this.#status, this.#results.section);
    const shortcut = this.getAttribute("shortcut");
    if (shortcut) this.#listenFor(shortcut);
    if (this.#elsewhere) return;
    addEventListener("popstate", () => this.#moved(), { signal: life });
    if (isSearch(this.#read())) this.#restore();
  }

  focus(options) {
    this.#input?.focus(options);
  }

  /** Search for something: parameters as `/search` takes them, such as `{ q: "tea", tag: "recipes" }`. */
  search(parameters) {
    if (this.#input) this.#go(readState(parameters, ""));
  }

  /** The page that shows the results, where it isn't this one. */
  get #elsewhere() {
    return this.getAttribute("results");
  }

  get #prefix() {
    return this.getAttribute("prefix") ?? "";
  }

  #form() {
    const plain = this.querySelector("form");
    const field = plain?.querySelector("input:not([type=hidden], [type=submit])");
    const given = (element) => element?.textContent.trim();
    const text = (key, own) => this.getAttribute(`text-${key}`) ?? (own || this.texts.say(key));
    const label = text("label", given(field?.labels?.[0]));
    this.#input = make("input", {
      part: "input",
      id: "q",
      name: `${this.#prefix}q`,
      type: "search",
      enterkeyhint: "search",
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      maxlength: "1000",
      placeholder: field?.placeholder || label,
      "aria-keyshortcuts": this.getAttribute("shortcut"),
      input: () => this.#typed(),
    });
    const list = make("div", {
      part: "popup",
      id: "list",
      role: "listbox",
      "aria-label": this.texts.say("suggestions"),
      hidden: true,
    });
    this.#notice = make("div", { hidden: true });
    const form = make(
      "form",
      {
        part: "form",
        role: "search",
        action: this.#elsewhere ?? this.address(""),
        submit: (event) => this.#submitted(event),
        focusout: (event) => form.contains(event.relatedTarget) || this.#hush(),
      },
      make("label", { part: "label", for: "q" }, label),
      make(
        "div",
        { part: "box" },
        make("div", { part: "field" }, this.#input),
        make("button", { part: "button submit" }, text("button", given(plain?.querySelector("button")))),
        list,
      ),
      [...(plain?.querySelectorAll("input[type=hidden]") ?? [])].map((hidden) => hidden.cloneNode()),
      this.#notice,
    );
    this.#combobox = new Combobox(this.#input, list);
    if (field) this.#takeOver(field);
    return form;
  }

  /** What was typed before this module arrived isn't lost, nor is the place in it. */
  #takeOver(field) {
    this.#input.value = field.value;
    if (document.activeElement !== field) return;
    const { selectionStart, selectionEnd } = field;
    queueMicrotask(() => {
      this.#input.focus();
      this.#input.setSelectionRange(selectionStart, selectionEnd);
    });
  }

  #listenFor(shortcut) {
    const keys = shortcut.toLowerCase().split("+");
    const key = keys.pop() || "+";
    addEventListener(
      "keydown",
      (event) => {
        const [target] = event.composedPath();
        const writing = target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
        const control = keys.includes("control");
        if (event.key?.toLowerCase() !== key || event.altKey || control !== (event.ctrlKey || event.metaKey)) return;
        if (event.isComposing || (writing && !control)) return;
        event.preventDefault();
        this.focus();
        this.#input.select();
      },
      { signal: this.#life },
    );
  }

  // While somebody types

  #typed() {
    this.#hush({ keepList: true });
    const q = this.#input.value;
    if (!q.trim()) return this.#combobox.close();
    if (this.#answers.has(q)) return this.#offer(this.#answers.get(q));
    const wait = Math.max(0, this.#asked + PACE - performance.now());
    if (this.#suggests) this.#pace = setTimeout(() => this.#suggest(q), wait);
  }

  async #suggest(q) {
    this.#asked = performance.now();
    const { signal } = (this.#typing = new AbortController());
    try {
      const answer = await ask(this.address("suggest", { q, limit: this.number("limit", 6, 20) }), this.#until(signal));
      if (signal.aborted) return;
      if (this.#answers.size >= REMEMBERED) this.#answers.clear();
      this.#answers.set(q, answer);
      this.#offer(answer);
    } catch (error) {
      if (this.#until(signal).aborted) return;
      this.#combobox.close();
      if (error instanceof Missing) {
        this.#suggests = false; // an older service; Enter still searches
        return;
      }
      this.#notice.replaceChildren(this.apology({ q }));
      this.#notice.hidden = false;
      this.#announce(this.texts.say("away"));
    }
  }

  #offer({ suggestions, tags }) {
    const posts = suggestions.filter(({ url }) => webAddress(url));
    const group = (key, options) =>
      options.length > 0 &&
      make(
        "div",
        { role: "group", "aria-labelledby": `group-${key}` },
        make("div", { part: "group", role: "presentation", id: `group-${key}` }, this.texts.say(key)),
        options,
      );
    const groups = [
      group("posts", posts.map((post) => this.#postOption(post))),
      group("tags", tags.map((tag) => this.#tagOption(tag))),
    ];
    this.#combobox.offer(groups.filter(Boolean));
    const n = posts.length + tags.length;
    this.#announce(n ? this.texts.say("offered", { n }) : "");
  }

  #postOption({ title, url, marks, tags }) {
    const labels = tags.slice(0, TAGS).map(({ label }) => label);
    return make(
      "a",
      { part: "option", role: "option", tabindex: "-1", href: url, click: () => this.#hush() },
      make("span", { part: "option-title", dir: "auto" }, marked(title || url, marks)),
      labels.length > 0 && make("span", { part: "option-tags" }, labels.join(" · ")),
    );
  }

  #tagOption({ tag, label, count }) {
    const state = tagged(this.#state, tag);
    const click = (event) => {
      this.#hush();
      if (this.#elsewhere || !isPlain(event)) return;
      event.preventDefault();
      this.#go(state);
    };
    return make(
      "a",
      { part: "option", role: "option", tabindex: "-1", href: this.#link(state), click },
      make("span", { part: "option-title", dir: "auto" }, label),
      make("span", { part: "count" }, this.texts.number(count)),
    );
  }

  /** End what typing has begun. */
  #hush({ keepList = false } = {}) {
    clearTimeout(this.#pace);
    clearTimeout(this.#announcing);
    this.#typing.abort();
    this.#notice.hidden = true;
    if (!keepList) this.#combobox.close();
  }

  // Results

  #submitted(event) {
    this.#hush();
    if (this.#elsewhere) return;
    event.preventDefault();
    this.#go(setting(this.#state, { q: this.#input.value.trim() }), { focus: false });
  }

  /** The search that the page's address describes. */
  #read() {
    return (this.#state = readState(location.search, this.#prefix));
  }

  #restore() {
    this.#hush();
    this.#display(this.#read(), { focus: false });
  }

  /** The page's address is another one; if it is that of another part of the page, the search is the same. */
  #moved() {
    if (String(readState(location.search, this.#prefix)) !== String(this.#state)) this.#restore();
  }

  #link(state) {
    const page = this.#elsewhere ? new URL(this.#elsewhere, document.baseURI) : location.href;
    return writeState(page, state, this.#prefix);
  }

  #go(state, { focus = true } = {}) {
    if (this.#elsewhere) return location.assign(this.#link(state));
    if (String(state) !== String(this.#state)) history.pushState(null, "", this.#link(state));
    this.#display(state, { focus });
  }

  /**
   * Show the results of a state, as many pages of them as had been asked for; of one that is no search, nothing. What
   * the service refuses of it is left out.
   */
  async #display(state, { focus }) {
    this.#state = state;
    this.#input.value = state.get("q") ?? "";
    if (!isSearch(state)) {
      this.#searching.abort();
      return this.#results.clear();
    }
    const pages = Math.min(Number(state.get("page") ?? 1), Math.floor(100 / this.#perPage));
    const answer = await this.#ask(setting(state, { per_page: String(pages * this.#perPage) }), ({ parameters = [] }) => {
      const accepted = setting(state, Object.fromEntries(parameters.map((name) => [name, ""])));
      if (accepted.size < state.size) this.#display(accepted, { focus });
      else this.#apologise();
    });
    if (!answer) return;
    this.#results.show(answer, state);
    this.#announce(this.#results.sentence(answer));
    if (focus) this.#results.focus();
  }

  async #more() {
    const page = Math.floor(this.#results.shown / this.#perPage) + 1;
    const next = { per_page: String(this.#perPage), page: String(page), facets: "0" };
    const answer = await this.#ask(setting(this.#state, next), () => this.#apologise({ keepHits: true }));
    if (!answer) return;
    this.#results.append(answer)?.querySelector("a")?.focus();
    this.#state = setting(this.#state, { page: String(page) });
    history.replaceState(history.state, "", this.#link(this.#state));
  }

  get #perPage() {
    return this.number("per-page", 10, 100);
  }

  /** The answer to a search; nothing if another one has taken its place or, as `failed` is told, if there is none. */
  async #ask(parameters, failed) {
    this.#searching.abort();
    const { signal } = (this.#searching = new AbortController());
    const waiting = setTimeout(() => {
      this.#results.wait();
      this.#announce(this.texts.say("busy"));
    }, SILENCE);
    this.#results.busy = true;
    try {
      return await ask(this.address("search", parameters), this.#until(signal));
    } catch (error) {
      if (!this.#until(signal).aborted) failed(error);
      return null;
    } finally {
      clearTimeout(waiting);
      if (!signal.aborted) this.#results.busy = false;
    }
  }

  #apologise({ keepHits = false } = {}) {
    this.#results.apologise(this.#state, { keepHits });
    this.#announce(this.texts.say("away"));
  }

  #until(signal) {
    return AbortSignal.any([signal, this.#life]);
  }

  #announce(sentence) {
    clearTimeout(this.#announcing);
    this.#announcing = setTimeout(() => (this.#status.textContent = sentence), POLITENESS);
  }
}
