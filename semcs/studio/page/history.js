/** The pictures, clips and sets made so far, to go back to by a click. */

import { byId, cover, debounced, h } from "./dom.js";
import { wordsOf } from "./document.js";
import { paint } from "./follow.js";
import { resultPicture } from "./jobs.js";
import { canvasOf } from "./masks.js";
import { showError } from "./notices.js";
import { drawUrl } from "./style.js";
import { pressed } from "./toolbar.js";

const SETTLED = 1100; // milliseconds that a picture stays before it is one of the history
const MOST_KEPT = 30;

/**
 * @typedef {object} Entry
 * @property {"picture" | "clip" | "batch"} kind
 * @property {string} photo The id of its photo.
 * @property {string} key The request, as JSON.
 * @property {import("./document.js").Work} work
 * @property {boolean} refined
 * @property {any} result What the server keeps; null of an instant picture.
 * @property {string} thumbnail As a data URL.
 */

/**
 * @param {import("./store.js").Store<any>} store
 * @param {import("./document.js").Editor} editor
 * @param {{show: (id: string, work?: any) => Promise<void>}} album
 */
export function createHistory(store, editor, album) {
  const keep = debounced(SETTLED, remember);
  let turn = 0;

  function remember() {
    const { picture, history, moment, photo } = store.get();
    if (!picture || moment || JSON.parse(picture.key).photo !== photo?.id || isShown(history[0], store.get())) return;
    add({ kind: "picture", key: picture.key, refined: picture.refined, result: picture.result }, picture.bitmap);
  }

  /** @param {any} said @param {CanvasImageSource & {width: number, height: number}} bitmap */
  function add(said, bitmap) {
    const { work, history, photo } = store.get();
    const thumbnail = canvasOf(132, 88);
    cover(thumbnail, bitmap);
    const entry = { ...said, photo: photo.id, work, thumbnail: thumbnail.toDataURL("image/jpeg", 0.8) };
    const others = history.filter((/** @type {Entry} */ one) => one.key !== said.key || one.kind !== said.kind || one.refined !== said.refined);
    store.set({ history: [entry, ...others].slice(0, MOST_KEPT) });
  }

  /** @param {"clip" | "batch"} kind */
  const keepOf = (kind) => (/** @type {any} */ result, /** @type {string} */ key) => {
    const { preview, picture, photoBitmap } = store.get();
    add({ kind, key, refined: false, result }, preview ?? picture?.bitmap ?? photoBitmap);
  };

  /** @param {Entry} entry */
  async function goTo(entry) {
    const mine = (turn += 1);
    try {
      if (entry.kind === "batch") return store.set({ batch: entry.result, isBatchOpen: true });
      if (entry.photo !== store.get().photo.id) await album.show(entry.photo, entry.work);
      const picture = entry.kind === "clip" ? null : await pictureOf(entry);
      if (mine !== turn) return;
      if (picture) store.set({ picture: { ...picture, key: entry.key }, clip: null }); // first, so that nothing is painted anew
      store.set({ moment: null });
      editor.edit("history", () => entry.work);
      if (entry.kind === "clip") store.set({ clip: entry.result });
    } catch (error) {
      showError(error);
    }
  }

  /** @param {Entry} entry */
  const pictureOf = (entry) => (entry.refined ? refinedPicture(entry) : paint(JSON.parse(entry.key)));

  /** @param {Entry} entry */
  async function refinedPicture({ result }) {
    if (!result) return null;
    return { bitmap: await resultPicture(result.id), refined: true, result, seconds: 0 };
  }

  /** @param {string} key */
  async function refinedOf(key) {
    const entry = store.get().history.find((/** @type {Entry} */ one) => one.refined && one.key === key);
    return entry ? refinedPicture(entry).catch(() => null) : null;
  }

  function show() {
    const state = store.get();
    const { history } = state;
    byId("history-empty").hidden = history.length > 0;
    byId("history").replaceChildren(
      ...history.map((/** @type {Entry} */ entry, /** @type {number} */ index) => {
        const canvas = canvasOf(132, 88);
        drawUrl(canvas, entry.thumbnail);
        const badge = badgeOf(entry);
        const label = `${nameOf(entry)} ${history.length - index}: ${wordsOf(entry.work)}${badge ? `, ${badge.toLowerCase()}` : ""}`;
        const button = h("button", { type: "button", class: "past", "aria-label": label, title: label, onclick: () => goTo(entry) }, canvas);
        if (badge) button.append(h("span", { class: "badge", text: badge }));
        pressed(button, isShown(entry, state));
        return h("li", {}, button);
      }),
    );
  }

  for (const part of ["history", "picture", "clip"]) store.watch((state) => state[part], show);
  show();
  return { settled: () => keep(), refinedOf, keepClip: keepOf("clip"), keepBatch: keepOf("batch") };
}

/** @param {Entry} entry */
const nameOf = ({ kind }) => ({ clip: "Clip", batch: "Set" })[/** @type {string} */ (kind)] ?? "Picture";

/** @param {Entry} entry */
function badgeOf({ kind, refined, result }) {
  if (kind === "clip") return "Clip";
  if (kind === "batch") return `${result.pictures.length} photos`;
  return refined ? "Refined" : "";
}

/** @param {Entry | undefined} entry @param {any} state */
function isShown(entry, { picture, clip }) {
  if (!entry || entry.kind === "batch") return false;
  if (entry.kind === "clip" || clip) return Boolean(clip && entry.result?.id === clip.id);
  return Boolean(picture && entry.key === picture.key && entry.refined === picture.refined);
}
