/** The masks that a photo still lacks: its foreground, and the regions that words name. */

import { ApiError } from "./api.js";
import { findMask, loadMask } from "./masks.js";
import { announce } from "./notices.js";

/** @typedef {import("./document.js").Region} Region */
/** @typedef {import("./document.js").Work} Work */

/**
 * @param {import("./store.js").Store<any>} store
 * @param {any} photo
 */
export async function findPlaces(store, photo) {
  const isHere = () => store.get().photo?.id === photo.id;
  store.set((state) => ({ busy: state.busy + 1 }));
  try {
    for (const region of store.get().work.regions.filter(isPlaceless)) {
      const found = await placeOf(region, photo);
      if (!isHere()) return;
      put(store, region.key, found);
    }
  } finally {
    store.set((state) => ({ busy: state.busy - 1 }));
  }
}

/** @param {Region} region */
const isPlaceless = (region) => region.kind !== "rest" && !region.mask && !region.missing;

/** @param {Region} region @param {any} photo @returns {Promise<Partial<Region>>} */
async function placeOf(region, photo) {
  try {
    const mask = await findMask(photo.id, askedFor(region));
    await loadMask(mask, photo);
    announce(region.kind === "foreground" ? "The foreground is found. Choose a style for it." : `${region.name} is found`);
    return { mask };
  } catch (error) {
    const isRefused = error instanceof ApiError && error.status === 400;
    if (!isRefused || !region.words) throw error;
    announce(`${region.name} isn't in this photo`);
    return { missing: true };
  }
}

/** How a region that nobody clicked or drew is found. @param {Region} region */
export const askedFor = (region) => (region.kind === "foreground" ? {} : { words: region.words });

/**
 * Not a change that undo takes back: there is no work without it.
 *
 * @param {import("./store.js").Store<any>} store
 * @param {string} key
 * @param {Partial<Region>} place
 */
function put(store, key, place) {
  /** @param {Work} work */
  const placed = (work) => ({
    ...work,
    regions: work.regions.map((region) => (region.key === key && !region.mask ? { ...region, ...place } : region)),
  });
  store.set((state) => ({ work: placed(state.work), past: state.past.map(placed) }));
}
