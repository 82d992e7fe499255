/** Another moment of a video, looked at in the same style; its regions are found there anew. */

import { askJson, askPicture, wasCancelled } from "./api.js";
import { debounced } from "./dom.js";
import { paint } from "./follow.js";
import { copyMask, findMask, loadMask } from "./masks.js";
import { announce, showError } from "./notices.js";
import { askedFor } from "./places.js";
import { requestOf } from "./requests.js";
import { timeOf } from "./times.js";

const WAIT = 180; // milliseconds that the handle rests before its frame is asked for
const SIDE = 2048;

/** @param {import("./store.js").Store<any>} store */
export function createMoment(store) {
  let running = new AbortController();
  /** @type {any} */
  let first = null; // the picture of the first frame

  /** @param {number} at Seconds; 0 is the first frame, on which regions are mended. */
  function show(at) {
    running.abort();
    store.set({ at });
    if (at <= 0) store.set({ moment: null, seeking: false });
    else load(at);
  }

  const load = debounced(WAIT, async (/** @type {number} */ at) => {
    const { video } = store.get();
    if (!video || store.get().at !== at) return;
    const { signal } = (running = new AbortController());
    store.set((state) => ({ busy: state.busy + 1, seeking: true }));
    try {
      const photo = await askJson(`/videos/${video.id}/frames`, { json: { at }, signal });
      const bitmap = await askPicture(`/photos/${photo.id}?side=${SIDE}`, { signal });
      const masks = await masksOn(photo, signal);
      const moment = { at, photo, bitmap, masks };
      const request = requestOf({ ...store.get(), moment });
      const picture = request && { ...(await paint(request, signal)), key: JSON.stringify(request) };
      if (signal.aborted || store.get().at !== at) return;
      if (!store.get().moment) first = store.get().picture;
      store.set({ moment, picture, tool: "move", clip: null });
      announce(`The moment at ${timeOf(at)} is shown`);
    } catch (error) {
      if (!wasCancelled(error)) showError(error);
    } finally {
      store.set((state) => ({ busy: state.busy - 1, seeking: false }));
    }
  });

  /** @param {any} photo @param {AbortSignal} signal @returns {Promise<Record<string, string>>} By the first frame's. */
  async function masksOn(photo, signal) {
    /** @type {Record<string, string>} */
    const masks = {};
    for (const region of store.get().work.regions.filter((/** @type {any} */ one) => one.mask)) {
      masks[region.mask] = await maskOn(photo, region, signal);
      await loadMask(masks[region.mask], photo);
    }
    return masks;
  }

  /** What was clicked or drawn is looked for near where it was. @param {any} photo @param {any} region @param {AbortSignal} signal */
  async function maskOn(photo, region, signal) {
    if (!region.byHand) {
      const found = await findMask(photo.id, askedFor(region), signal).catch((error) => error);
      if (typeof found === "string") return found;
      if (wasCancelled(found)) throw found;
    }
    return findMask(photo.id, { hint: await copyMask(region.mask, photo) }, signal);
  }

  /**
   * Where the regions are at the moment that a clip begins at: a clip's masks are those of its first frame.
   *
   * @param {number} at Seconds.
   * @param {AbortSignal} signal
   * @returns {Promise<Record<string, string>>} Masks kept with the video's photo, by those that are shown.
   */
  async function masksAt(at, signal) {
    const { video } = store.get();
    if (at <= 0) return {};
    const photo = await askJson(`/videos/${video.id}/frames`, { json: { at }, signal });
    const masks = await masksOn(photo, signal);
    for (const [first, there] of Object.entries(masks)) masks[first] = await copyMask(there, video.photo);
    return masks;
  }

  /** Masks that came since aren't of this moment. */
  function check() {
    const { moment, work } = store.get();
    const isOld = moment && work.regions.some((/** @type {any} */ one) => one.mask && !moment.masks[one.mask]);
    if (isOld) store.set({ moment: null });
  }

  store.watch((state) => state.work, check);
  store.watch((state) => state.tool, (tool, { moment }) => tool !== "move" && moment && store.set({ moment: null }));
  /** The first frame again, as it was painted. @param {any} moment @param {any} state */
  function comeBack(moment, { seeking, picture }) {
    if (moment) return;
    if (!seeking) store.set({ at: 0 });
    if (!picture) return;
    const isSame = first && first.key === JSON.stringify(requestOf(store.get()));
    store.set({ picture: isSame ? first : null });
  }

  store.watch((state) => state.moment, comeBack);
  store.watch((state) => state.video?.id, () => (running.abort(), (first = null), store.set({ at: 0 })));
  return { show, masksAt };
}
