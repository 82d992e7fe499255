/** The regions drawn over the photo: the chosen one tinted, the others outlined. */

import { chosenRegion } from "./document.js";
import { loadMask, loadedMask, outlineOf, restOf, tintOf } from "./masks.js";

const TINT = 0.32;
const MOST_KEPT = 24;

/** @typedef {{tint: HTMLCanvasElement, outline: HTMLCanvasElement}} Drawn */

/** @param {() => void} redraw Called when a mask has come. */
export function createOverlays(redraw) {
  /** @type {Map<string, Drawn>} */
  const drawn = new Map();

  /** @param {import("./document.js").Region} region @param {any} state */
  function maskOf(region, state) {
    if (region.kind !== "rest") return wait(region.mask, state);
    const others = state.work.regions.filter((/** @type {any} */ other) => other.kind !== "rest");
    const masks = others.filter((/** @type {any} */ other) => !other.missing).map((/** @type {any} */ other) => wait(other.mask, state));
    return masks.every(Boolean) ? restOf(masks, state.photo) : undefined;
  }

  /** @param {string | null} first The mask's id, on the first frame of a video. @param {any} state */
  function wait(first, state) {
    const id = state.moment?.masks[first ?? ""] ?? first;
    const mask = loadedMask(id);
    if (!mask && id) loadMask(id, state.photo).then(redraw, () => {});
    return mask;
  }

  /** @param {import("./document.js").Region} region @param {any} state @returns {Drawn | undefined} */
  function drawnOf(region, state) {
    const masks = region.kind === "rest" ? state.work.regions.map((/** @type {any} */ r) => r.mask) : region.mask;
    const key = `${masks} ${region.color} ${state.moment?.photo.id ?? ""}`;
    const known = drawn.get(key);
    if (known) return known;
    const mask = maskOf(region, state);
    if (!mask) return undefined;
    const made = { tint: tintOf(mask, region.color), outline: outlineOf(mask, region.color) };
    drawn.set(key, made);
    for (const old of [...drawn.keys()].slice(0, -MOST_KEPT)) drawn.delete(old);
    return made;
  }

  /**
   * @param {CanvasRenderingContext2D} brush In pixels of the photo.
   * @param {any} state
   * @param {HTMLCanvasElement | null} changing The chosen region's mask while it is being brushed.
   */
  function draw(brush, state, changing) {
    const { width, height } = state.photo;
    const chosen = chosenRegion(state);
    for (const region of state.work.regions) {
      const isChosen = region === chosen;
      if (!isChosen && region.kind === "rest") continue;
      if (isChosen && changing) {
        brush.globalAlpha = TINT + 0.1;
        brush.drawImage(tintOf(changing, region.color), 0, 0, width, height);
        continue;
      }
      const layers = drawnOf(region, state);
      if (!layers) continue;
      if (isChosen) {
        brush.globalAlpha = TINT;
        brush.drawImage(layers.tint, 0, 0, width, height);
      }
      brush.globalAlpha = isChosen ? 1 : 0.55;
      brush.drawImage(layers.outline, 0, 0, width, height);
    }
    brush.globalAlpha = 1;
  }

  return { draw };
}
