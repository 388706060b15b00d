/** What the elements say, in the language of the page. */

import { english } from "./english.js";
import { HOME } from "./service.js";

/** The languages of `languages/`, and tags that stand for one of them. */
const LANGUAGES = new Map(
  ["ar", "de", "es", "fr", "it", "ja", "ko", "nl", "pt", "zh", "zh-hant"].map((name) => [name, name]),
);
for (const region of ["tw", "hk", "mo"]) LANGUAGES.set(`zh-${region}`, "zh-hant");

/**
 * The texts for a language tag: those of `zh-TW` itself, else of its language, else English ones. `override(key)` gives
 * a text of the page's own, or null.
 */
export async function textsFor(tag, override) {
  const [language, variant] = tag.toLowerCase().split("-");
  const name = LANGUAGES.get(`${language}-${variant}`) ?? LANGUAGES.get(language);
  const table = name && (await load(name));
  return new Texts(table ?? english, table || language === "en" ? canonical(tag) : "en", override);
}

async function load(name) {
  try {
    return (await import(new URL(`static/languages/${name}.js`, HOME))).default;
  } catch {
    return null; // English is better than nothing
  }
}

/** A tag that `Intl` takes: a page may say anything in its `lang`. */
function canonical(tag) {
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return tag.slice(0, 2);
  }
}

class Texts {
  #table;
  #override;
  #plural;
  #number;
  #date;

  constructor(table, lang, override) {
    this.#table = table;
    this.#override = override;
    this.lang = lang;
    this.#plural = new Intl.PluralRules(lang);
    this.#number = new Intl.NumberFormat(lang);
    this.#date = new Intl.DateTimeFormat(lang, { dateStyle: "long", timeZone: "UTC" });
  }

  /** Whether the texts run from right to left, whatever the page has set. */
  get rtl() {
    return this.lang.startsWith("ar");
  }

  /** The pieces of a text, its values among them: strings, or elements where values are elements. */
  pieces(key, values = {}) {
    const { n } = values;
    const form = (category) => this.#text(`${key}-${category}`);
    const text = n === undefined ? this.#text(key) : (form(this.#plural.select(n)) ?? form("other"));
    const value = (name) => (name === "n" ? this.number(n) : (values[name] ?? ""));
    return text.split(/\{(\w+)\}/).map((piece, index) => (index % 2 ? value(piece) : piece));
  }

  /** A text as one string. */
  say(key, values) {
    return this.pieces(key, values).join("");
  }

  number(value) {
    return this.#number.format(value);
  }

  /** `2017-03-22` in words; anything else as it is. */
  date(written) {
    const day = new Date(/^\d{4}-\d\d-\d\d$/.test(written) ? `${written}T00:00:00Z` : NaN);
    return Number.isNaN(day.valueOf()) ? written : this.#date.format(day);
  }

  /** `pt-BR` in words; what is no language as it is. */
  language(tag) {
    try {
      return new Intl.DisplayNames(this.lang, { type: "language" }).of(tag);
    } catch {
      return tag;
    }
  }

  #text(key) {
    return this.#override(key) ?? this.#table[key];
  }
}
