/** What a tab keeps: its id, its token, and all that a reload would otherwise lose. */

import { askJson, askPicture, identify, sayGoodbye, ApiError } from "./api.js";
import { debounced } from "./dom.js";
import { showError } from "./notices.js";

const ID = "semcs-page";
const TOKEN = "semcs-token";
const STATE = "semcs-state";
const ALIVE_EVERY = 10 * 60 * 1000; // milliseconds; the server forgets after an hour without use
const MOST_UNDONE = 30;
const KEPT = ["photo", "photos", "video", "range", "clip", "shelves", "work", "chosen", "history", "overlay", "refining", "stylePictures"];

export const FORGOTTEN =
  "The studio was started again, or an hour passed without use: it no longer has this photo. Drop it again: the words of its styles are kept.";

/** Tells the server which tab this is; a tab that was duplicated is another one. */
export async function openSession() {
  const token = tokenOf(new URL(location.href));
  let id = sessionStorage.getItem(ID);
  if (!id || !(await isFree(id))) {
    id = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    sessionStorage.removeItem(STATE);
    sessionStorage.setItem(ID, id);
    await isFree(id);
  }
  identify(id, token);
  addEventListener("pagehide", (event) => event.persisted || sayGoodbye());
}

/** @param {URL} address The token is taken out of it, so that it isn't shared by mistake. */
function tokenOf(address) {
  const given = address.searchParams.get("token");
  if (given) {
    sessionStorage.setItem(TOKEN, given);
    address.searchParams.delete("token");
    history.replaceState(null, "", address);
  }
  return sessionStorage.getItem(TOKEN) ?? "";
}

/** Whether no other tab holds this id; if none does, this one does from now on. @param {string} id */
async function isFree(id) {
  if (!navigator.locks) return true;
  for (let attempt = 0; attempt < 4; attempt += 1) {
    if (await takeLock(id)) return true;
    await new Promise((done) => setTimeout(done, 60)); // a reload gives its own back a moment late
  }
  return false;
}

/** @param {string} id @returns {Promise<boolean>} */
const takeLock = (id) =>
  new Promise((answer) => {
    navigator.locks.request(`semcs ${id}`, { ifAvailable: true }, (lock) => {
      answer(Boolean(lock));
      return lock ? new Promise(() => {}) : undefined; // held as long as the tab lives
    });
  });

/** @param {import("./store.js").Store<any>} store */
export function keepSession(store) {
  let isLeaving = false; // what fails then, as its connection is cut, is no news to keep
  const saveNow = () => isLeaving || write(store.get());
  const save = debounced(150, saveNow);
  for (const part of KEPT) store.watch((state) => state[part], save);
  addEventListener("beforeunload", () => (saveNow(), (isLeaving = true)));
  addEventListener("pagehide", () => (saveNow(), (isLeaving = true)));
  addEventListener("pageshow", () => (isLeaving = false));
  setInterval(() => store.get().photo && askJson("/pages/state").catch(() => {}), ALIVE_EVERY);
}

/** @param {any} state */
function write(state) {
  const { past, future } = state;
  if (!state.photo) return sessionStorage.removeItem(STATE);
  const kept = {
    ...Object.fromEntries(KEPT.map((part) => [part, state[part]])),
    past: past.slice(-MOST_UNDONE), future: future.slice(0, MOST_UNDONE),
  };
  try {
    sessionStorage.setItem(STATE, JSON.stringify(kept));
  } catch {
    sessionStorage.setItem(STATE, JSON.stringify({ ...kept, past: [], future: [], history: state.history.slice(0, 6) }));
  }
}

/** Puts back what the tab showed before a reload. @param {import("./store.js").Store<any>} store */
export async function restoreSession(store) {
  const written = sessionStorage.getItem(STATE);
  if (!written) return;
  const kept = JSON.parse(written);
  try {
    await askJson("/pages/state");
    const photoBitmap = await askPicture(`/photos/${kept.photo.id}?side=2048`);
    store.set({ ...kept, photoBitmap, clip: null, refining: null });
    store.set({ refining: kept.refining, clip: kept.clip }); // later: another photo ends them
  } catch (error) {
    const isGone = error instanceof ApiError && error.status === 404;
    if (isGone) store.set({ work: kept.work, stylePictures: {}, isLost: true });
    showError(isGone ? FORGOTTEN : error);
  }
}
