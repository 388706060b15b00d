/** Answers of a Postseek service. A failed request is tried once more; an outdated one ends with its signal. */

const TIMEOUT = 5000; // milliseconds after which a silent service counts as away
const PAUSE = 400; // before the second try

/** The service that this module came from: `/postseek.js` of it, or `/static/elements/service.js`. */
export const HOME = new URL("./", import.meta.url.replace(/static\/elements\/\w+\.js$/, ""));

/** The service has no such thing: an older version, or a post that isn't in its index. */
export class Missing extends Error {}

/** The service doesn't take these `parameters` as they are, and has nothing to answer with. */
export class Refused extends Missing {
  constructor({ detail, errors }) {
    super(detail);
    this.parameters = errors.map(({ parameter }) => parameter);
  }
}

/**
 * The JSON at `address`. Throws Missing for a 404, Refused for wrong parameters, and something else where the service is
 * away or `signal` aborts.
 */
export async function ask(address, signal) {
  try {
    return await once(address, signal);
  } catch (error) {
    if (error instanceof Missing || signal.aborted) throw error;
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    return once(address, signal);
  }
}

async function once(address, signal) {
  const response = await fetch(address, {
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT)]),
    // Neither cookies nor the page's address: the service answers everybody alike.
    credentials: "omit",
    referrerPolicy: "no-referrer",
    headers: { Accept: "application/json" },
  });
  if (response.status === 404) throw new Missing(address);
  if (response.status === 400) throw new Refused(await response.json());
  if (!response.ok) throw new Error(`${address} answers ${response.status}`);
  return response.json();
}
