/** The before/after slider over the picture. */

import { byId } from "./dom.js";

/** @param {import("./store.js").Store<any>} store @param {import("./stage.js").Stage} stage */
export function createCompare(store, stage) {
  const handle = byId("compare-handle");
  const place = byId("stage");

  function show() {
    const { compare, split, photo, picture } = store.get();
    handle.hidden = !(compare && photo && picture);
    if (handle.hidden) return;
    const { x, y, scale } = stage.view();
    const height = place.clientHeight;
    const top = Math.max(0, y);
    const bottom = Math.min(height, y + photo.height * scale);
    const left = Math.min(Math.max(x + photo.width * scale * split, 0), place.clientWidth);
    handle.style.setProperty("left", `${left}px`);
    handle.style.setProperty("top", `${top}px`);
    handle.style.setProperty("height", `${Math.max(0, bottom - top)}px`);
    const percent = Math.round(split * 100);
    handle.setAttribute("aria-valuenow", String(percent));
    handle.setAttribute("aria-valuetext", `${percent} % photo`);
  }

  /** @param {number} split */
  const set = (split) => store.set({ split: Math.min(Math.max(split, 0), 1) });

  /** @param {PointerEvent} event */
  function drag(event) {
    if (!handle.hasPointerCapture(event.pointerId)) return;
    set(stage.pointAt(event)[0] / store.get().photo.width);
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    const { split } = store.get();
    const by = event.shiftKey ? 0.1 : 0.02;
    /** @type {Record<string, number>} */
    const next = { ArrowLeft: split - by, ArrowRight: split + by, Home: 0, End: 1 };
    if (!(event.key in next)) return;
    event.preventDefault();
    set(next[event.key]);
  }

  handle.addEventListener("pointerdown", (/** @type {PointerEvent} */ event) => {
    handle.setPointerCapture(event.pointerId);
    handle.focus();
  });
  handle.addEventListener("pointermove", drag);
  handle.addEventListener("keydown", key);
  place.addEventListener("viewchange", show);
  for (const part of ["compare", "split", "photo", "picture"]) store.watch((state) => state[part], show);
}
