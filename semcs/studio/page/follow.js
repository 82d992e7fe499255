/** The picture follows what the person does: in preset instant, the newest request wins. */

import { ask, wasCancelled } from "./api.js";
import { debounced } from "./dom.js";
import { wordsOf } from "./document.js";
import { announce, clearFailure, showError } from "./notices.js";
import { requestOf } from "./requests.js";
import { isHeld } from "./status.js";

const WAIT = 110; // milliseconds without a change before the picture is asked for
const SIDE = 768; // longest side of the picture on the stage; downloads have the photo's

/**
 * @param {import("./store.js").Store<any>} store
 * @param {{settled: () => void, refinedOf: (key: string) => Promise<any>}} history
 */
export function createFollow(store, history) {
  let running = new AbortController();

  const start = debounced(WAIT, async () => {
    const state = store.get();
    const request = requestOf(state);
    const key = JSON.stringify(request);
    if (isHeld(state) || key === keyOf(state.picture)) return;
    if (!request) return store.set({ picture: null, compare: false });
    const { signal } = (running = new AbortController());
    store.set({ following: true });
    try {
      const picture = (await history.refinedOf(key)) ?? (await paint(request, signal));
      if (signal.aborted) return;
      const isFirst = !store.get().picture;
      store.set({ picture: { ...picture, key }, overlay: isFirst && state.tool === "move" ? false : store.get().overlay });
      clearFailure();
      announce(`Picture ready. ${wordsOf(state.work)}`);
      history.settled();
    } catch (error) {
      if (!wasCancelled(error)) showError(error, { label: "Try again", act: again });
    } finally {
      if (!signal.aborted) store.set({ following: false });
    }
  });

  function again() {
    running.abort();
    store.set({ following: false });
    start();
  }

  store.watch((state) => state.work, again);
  store.watch((state) => state.photo?.id, again);
  store.watch((state) => state.moment, again);
  store.watch(isHeld, again);
  return { again };
}

/** @param {any} picture */
export const keyOf = (picture) => (picture ? picture.key : "null");

/** @param {Record<string, any>} request @param {AbortSignal} [signal] */
export async function paint(request, signal) {
  const began = performance.now();
  const json = { ...request, preset: "instant", side: SIDE };
  const answer = await ask("/stylize", { json, signal, accept: "image/jpeg" });
  const bitmap = await createImageBitmap(await answer.blob());
  return { bitmap, refined: false, result: null, seconds: (performance.now() - began) / 1000 };
}
