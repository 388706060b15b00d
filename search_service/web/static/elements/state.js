/** A search as URL parameters, under the service's own names: a search that can be linked is a search to go back to. */

const PERIOD = /^\d{4}(-\d\d){0,2}$/;

const LANGUAGE = /^[a-z]{2,8}(-[a-z\d]{1,8}){0,4}$/i;

/** The parameters, and what their values have to look like: what a link says wrongly is ignored, never an error. */
const PARAMETERS = new Map([
  ["q", /\S/],
  ["tag", /\S/],
  ["not_tag", /\S/],
  ["author", /\S/],
  ["lang", LANGUAGE],
  ["after", PERIOD],
  ["before", PERIOD],
  ["sort", /^-?date$/],
  ["page", /^[1-9]\d?$/],
]);
const REPEATED = ["tag", "not_tag"];
/** What a blog says under the same names of pages of its own. */
const COMMON = ["lang", "page"];

/** The search that a query string describes; `prefix` stands before each of its parameters there. */
export function readState(query, prefix) {
  const state = new URLSearchParams();
  for (const [name, value] of new URLSearchParams(query)) {
    const own = name.startsWith(prefix) ? name.slice(prefix.length) : "";
    if (!PARAMETERS.get(own)?.test(value)) continue;
    if (REPEATED.includes(own)) state.append(own, value);
    else state.set(own, value);
  }
  return state;
}

/** Whether there is anything to search for: a page or a language alone is that of the blog's own page. */
export function isSearch(state) {
  return [...state.keys()].some((name) => !COMMON.includes(name));
}

/** `address` with a search in its query, in place of the one that is there. */
export function writeState(address, state, prefix) {
  const url = new URL(address);
  for (const name of PARAMETERS.keys()) url.searchParams.delete(prefix + name);
  for (const [name, value] of state) url.searchParams.append(prefix + name, value);
  url.hash = "";
  return url;
}

/** The search for a tag alone, in the language that `state` is in. */
export function tagged(state, tag) {
  return setting(new URLSearchParams({ tag }), { lang: state.get("lang") });
}

/** Another search, from its first page on: one value of a parameter more. */
export function having(state, name, value) {
  const next = lacking(state, name, value);
  next.append(name, value);
  return next;
}

/** The same with these values in place of what their parameters had; those without a value go. */
export function setting(state, values) {
  const next = new URLSearchParams(state);
  next.delete("page");
  for (const [name, value] of Object.entries(values)) {
    if (value) next.set(name, value);
    else next.delete(name);
  }
  return next;
}

/** The same without one value of a parameter. */
export function lacking(state, name, value) {
  return new URLSearchParams([...state].filter(([each, its]) => each !== "page" && !(each === name && its === value)));
}
