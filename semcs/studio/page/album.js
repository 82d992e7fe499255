/** Many photos: a strip of them, one of which is worked on. */

import { ask, askPicture } from "./api.js";
import { carried, isOfOnePhoto } from "./carry.js";
import { byId, cover, h, icon, iconButton } from "./dom.js";
import { forgetFile } from "./files.js";
import { canvasOf } from "./masks.js";
import { announce, showError } from "./notices.js";
import { thumbnailOf } from "./photos.js";
import { findPlaces } from "./places.js";

/** @param {import("./store.js").Store<any>} store */
export function createAlbum(store) {
  const list = byId("album-list");
  let turn = 0;

  /**
   * Puts another photo on the stage. The look goes along; masks stay with their photo.
   *
   * @param {string} id
   * @param {any} [work] To show instead of the look that goes along.
   */
  async function show(id, work) {
    const state = store.get();
    const photo = state.photos.find((/** @type {any} */ one) => one.id === id);
    if (!photo || (state.photo?.id === id && !work)) return;
    const mine = (turn += 1);
    try {
      const photoBitmap = state.photo?.id === id ? state.photoBitmap : await askPicture(`/photos/${id}?side=2048`);
      if (mine === turn) put(photo, photoBitmap, work);
      if (mine === turn) await findPlaces(store, photo);
    } catch (error) {
      showError(error);
    }
  }

  /** @param {any} photo @param {ImageBitmap} photoBitmap @param {any} given */
  function put(photo, photoBitmap, given) {
    const state = store.get();
    const shelves = { ...state.shelves, [state.photo.id]: shelfOf(state) };
    const own = shelves[photo.id];
    const work = given ?? carried(state.work, own?.work);
    const chosen = work.regions.some((/** @type {any} */ one) => one.key === state.chosen) ? state.chosen : work.regions[0].key;
    store.set({
      photo, photoBitmap, work, chosen, shelves, past: own ? [...own.past, own.work] : [], future: [],
      picture: null, preview: null, compare: false, tool: "move", adding: false, clip: null,
    });
    announce(`${photo.name} is shown`);
  }

  /** @param {any} photo */
  async function remove(photo) {
    const { photos, photo: shown } = store.get();
    const at = photos.findIndex((/** @type {any} */ one) => one.id === photo.id);
    const left = photos.filter((/** @type {any} */ one) => one.id !== photo.id);
    if (shown.id === photo.id) await show((photos[at + 1] ?? photos[at - 1]).id);
    if (store.get().photo.id === photo.id) return; // the other one couldn't be shown
    store.set((state) => ({
      photos: left,
      history: state.history.filter((/** @type {any} */ entry) => entry.photo !== photo.id),
      shelves: Object.fromEntries(Object.entries(state.shelves).filter(([id]) => id !== photo.id)),
    }));
    forgetFile(photo.id);
    announce(`${photo.name} is removed`);
    await ask(`/photos/${photo.id}`, { method: "DELETE", quiet: true }).catch(showError);
  }

  function draw() {
    const { photos, photo, thumbnails, batch } = store.get();
    const focused = /** @type {HTMLElement | null} */ (document.activeElement)?.closest?.("#album-list li");
    const at = focused ? [...list.children].indexOf(focused) : -1;
    const failed = new Map((batch?.pictures ?? []).filter((/** @type {any} */ one) => one.error).map((/** @type {any} */ one) => [one.photo, one.error]));
    list.replaceChildren(...(photos.length > 1 ? photos.map((/** @type {any} */ one) => tile(one, one.id === photo?.id, thumbnails[one.id], failed.get(one.id))) : []));
    byId("album-count").textContent = `${photos.length} photos`;
    if (at >= 0) list.children[Math.min(at, list.children.length - 1)]?.querySelector("button")?.focus();
  }

  /** @param {any} photo @param {boolean} isShown @param {HTMLCanvasElement | undefined} thumbnail @param {string | undefined} error */
  function tile(photo, isShown, thumbnail, error) {
    const canvas = canvasOf(112, 84);
    if (thumbnail) cover(canvas, thumbnail);
    const label = error ? `${photo.name}, failed: ${error}` : photo.name;
    const choose = h(
      "button",
      { type: "button", class: "tile", "aria-label": label, title: label, "aria-current": isShown ? "true" : null, onclick: () => show(photo.id), onkeydown: (/** @type {KeyboardEvent} */ event) => key(event, photo) },
      canvas,
    );
    const item = h("li", { class: error ? "failed" : null }, choose, iconButton("close", `Remove ${photo.name}`, () => remove(photo), { class: "tile-remove" }));
    return item;
  }

  /** @param {KeyboardEvent} event @param {any} photo */
  function key(event, photo) {
    if (event.key === "Delete") remove(photo);
    else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      const item = /** @type {HTMLElement} */ (event.target).closest("li");
      const next = event.key === "ArrowLeft" ? item?.previousElementSibling : item?.nextElementSibling;
      next?.querySelector("button")?.focus();
    } else return;
    event.preventDefault();
  }

  /** Says what doesn't go along: regions that were clicked or drawn. */
  function explain() {
    const { photo, work, shelves } = store.get();
    const alone = work.regions.filter((/** @type {any} */ region) => isOfOnePhoto(region));
    const isMended = [work, ...Object.entries(shelves).filter(([id]) => id !== photo?.id).map(([, shelf]) => shelf.work)]
      .some((one) => one.regions.some((/** @type {any} */ region) => region.byHand));
    byId("album-note").textContent = noteOf(alone.map((/** @type {any} */ region) => `“${region.name}”`), isMended);
  }

  byId("album-add").append(icon("plus"));
  for (const part of ["photos", "photo", "thumbnails", "batch"]) store.watch((state) => state[part], draw);
  for (const part of ["work", "shelves", "photo"]) store.watch((state) => state[part], explain);
  draw();
  explain();
  return { show };
}

/** @param {string[]} alone @param {boolean} isMended */
function noteOf(alone, isMended) {
  if (alone.length) {
    return `${alone.join(", ")} ${alone.length > 1 ? "were" : "was"} drawn or clicked in this photo and stays with it. Texts, words and sliders go along to all.`;
  }
  if (isMended) return "What you drew or clicked stays with its photo: styling all finds each foreground anew.";
  return "One look for all: texts, words and sliders go along, and each photo has its own regions.";
}

/** @param {any} state */
const shelfOf = ({ work, past }) => ({ work, past });

/** Thumbnails that a reload has lost. @param {import("./store.js").Store<any>} store */
export async function loadThumbnails(store) {
  const { photos, thumbnails } = store.get();
  if (photos.length < 2) return;
  for (const { id } of photos.filter((/** @type {any} */ one) => !thumbnails[one.id])) {
    const bitmap = await askPicture(`/photos/${id}?side=160`);
    store.set((state) => ({ thumbnails: { ...state.thumbnails, [id]: thumbnailOf(bitmap) } }));
  }
}
