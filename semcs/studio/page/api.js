/** Talking to the server of this page: requests, clear words for failures, events. */

const ROOT = "/api/v1";
const GONE =
  "The studio's server doesn't answer. Start “semcs studio” again: this page goes on by itself.";

export class ApiError extends Error {
  /**
   * @param {string} message One line for people.
   * @param {number} status Of the answer; 0 where there was none.
   */
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

let pageId = "";
let token = "";
let trouble = { gone() {}, lost() {} };

/**
 * @param {{gone: () => void, lost: () => void}} hooks Called when the server doesn't answer, and when
 *   it doesn't have what it is asked for.
 */
export const onTrouble = (hooks) => (trouble = hooks);

/** @param {string} id @param {string} secret */
export function identify(id, secret) {
  pageId = id;
  token = secret;
}

/** @param {unknown} error */
export const wasCancelled = (error) => error instanceof DOMException && error.name === "AbortError";

/**
 * @typedef {object} Asked
 * @property {string} [method]
 * @property {unknown} [json] Sent as JSON.
 * @property {BodyInit} [body] Sent as it is.
 * @property {string} [accept]
 * @property {AbortSignal} [signal]
 * @property {boolean} [quiet] Whether nobody else is told of trouble.
 */

/**
 * @param {string} path Under /api/v1, or a whole path that the server has given.
 * @param {Asked} [asked]
 * @returns {Promise<Response>}
 * @throws {ApiError} Where the server refuses or is gone.
 */
export async function ask(path, asked = {}) {
  const headers = new Headers({ "X-Semcs-Page": pageId });
  if (token) headers.set("Authorization", `Bearer ${token}`);
  if (asked.accept) headers.set("Accept", asked.accept);
  if (asked.json !== undefined) headers.set("Content-Type", "application/json");
  const body = asked.json === undefined ? asked.body : JSON.stringify(asked.json);
  const method = asked.method ?? (body === undefined ? "GET" : "POST");
  const url = path.startsWith(ROOT) ? path : ROOT + path;
  let answer;
  try {
    answer = await fetch(url, { method, headers, body, signal: asked.signal });
  } catch (error) {
    if (wasCancelled(error)) throw error;
    if (!asked.quiet) trouble.gone();
    throw new ApiError(GONE, 0);
  }
  if (answer.status === 404 && !asked.quiet) trouble.lost();
  if (!answer.ok) throw new ApiError(await wordsOf(answer), answer.status);
  return answer;
}

/**
 * The address of something for an element that can send no headers, such as `<video>`.
 *
 * @param {string} path
 */
export function addressOf(path) {
  const url = new URL(path.startsWith(ROOT) ? path : ROOT + path, location.href);
  url.searchParams.set("page", pageId);
  if (token) url.searchParams.set("token", token);
  return url.pathname + url.search;
}

/** @param {Response} answer */
async function wordsOf(answer) {
  if (answer.status === 401) {
    return "This studio asks for its token: open the whole address that the server has printed.";
  }
  const said = await answer.json().catch(() => null);
  return sentence(said?.error ?? `the server answered ${answer.status}`);
}

/** @param {string} line */
const sentence = (line) => line.charAt(0).toUpperCase() + line.slice(1);

/**
 * @param {string} path
 * @param {Asked} [asked]
 * @returns {Promise<any>}
 */
export const askJson = async (path, asked) => (await ask(path, asked)).json();

/**
 * @param {string} path
 * @param {Asked} [asked]
 * @returns {Promise<ImageBitmap>}
 */
export async function askPicture(path, asked) {
  return createImageBitmap(await (await ask(path, asked)).blob());
}

/** @param {string} path @param {File} file @param {AbortSignal} [signal] */
export function sendFile(path, file, signal) {
  const body = new FormData();
  body.append("file", file, file.name || "photo");
  return askJson(path, { body, signal });
}

/**
 * Server-sent events, read with fetch since EventSource can send no headers.
 *
 * @param {string} path
 * @param {Asked} [asked]
 * @returns {AsyncGenerator<{event: string, data: any}>}
 */
export async function* events(path, asked) {
  const answer = await ask(path, { accept: "text/event-stream", ...asked });
  const reader = /** @type {ReadableStream<Uint8Array>} */ (answer.body).getReader();
  const decoder = new TextDecoder();
  let pending = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      pending += decoder.decode(value, { stream: true }).replaceAll("\r\n", "\n");
      const blocks = pending.split("\n\n");
      pending = /** @type {string} */ (blocks.pop());
      for (const block of blocks) {
        const told = parseEvent(block);
        if (told) yield told;
      }
    }
  } catch (error) {
    if (wasCancelled(error)) throw error;
    if (error instanceof ApiError) throw error;
    trouble.gone();
    throw new ApiError(GONE, 0);
  } finally {
    reader.cancel().catch(() => {});
  }
}

/** @param {string} block @returns {{event: string, data: any} | null} */
function parseEvent(block) {
  let event = "message";
  const data = [];
  for (const line of block.split("\n")) {
    if (line.startsWith("event:")) event = line.slice(6).trim();
    if (line.startsWith("data:")) data.push(line.slice(5).trim());
  }
  return data.length ? { event, data: JSON.parse(data.join("\n")) } : null;
}

/** Tells the server that the page is closed: what it holds for it can go. */
export function sayGoodbye() {
  navigator.sendBeacon(
    `${ROOT}/pages/goodbye`,
    new Blob([JSON.stringify({ page: pageId })], { type: "application/json" }),
  );
}
