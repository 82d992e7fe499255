/** The pictures made so far, to go back to by a click. */

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
 * @property {string} key The request, as JSON.
 * @property {import("./document.js").Work} work
 * @property {boolean} refined
 * @property {{id: string} | null} result
 * @property {string} thumbnail As a data URL.
 */

/** @param {import("./store.js").Store<any>} store @param {import("./document.js").Editor} editor */
export function createHistory(store, editor) {
  const keep = debounced(SETTLED, remember);
  let turn = 0;

  function remember() {
    const { picture, work, history } = store.get();
    if (!picture || isSame(history[0], picture)) return;
    const thumbnail = canvasOf(132, 88);
    cover(thumbnail, picture.bitmap);
    const { key, refined, result } = picture;
    const entry = { key, refined, result, work, thumbnail: thumbnail.toDataURL("image/jpeg", 0.8) };
    const others = history.filter((/** @type {Entry} */ one) => !isSame(one, picture));
    store.set({ history: [entry, ...others].slice(0, MOST_KEPT) });
  }

  /** @param {Entry} entry */
  async function goTo(entry) {
    const mine = (turn += 1);
    try {
      const picture = entry.refined ? await refinedPicture(entry) : await paint(JSON.parse(entry.key));
      if (mine !== turn) return;
      store.set({ picture: { ...picture, key: entry.key } }); // first, so that nothing is painted anew
      editor.edit("history", () => entry.work);
    } catch (error) {
      showError(error);
    }
  }

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
    const { history, picture } = store.get();
    byId("history-empty").hidden = history.length > 0;
    byId("history").replaceChildren(
      ...history.map((/** @type {Entry} */ entry, /** @type {number} */ index) => {
        const canvas = canvasOf(132, 88);
        drawUrl(canvas, entry.thumbnail);
        const label = `Picture ${history.length - index}: ${wordsOf(entry.work)}${entry.refined ? ", refined" : ""}`;
        const button = h("button", { type: "button", class: "past", "aria-label": label, title: label, onclick: () => goTo(entry) }, canvas);
        if (entry.refined) button.append(h("span", { class: "badge", text: "Refined" }));
        pressed(button, isSame(entry, picture));
        return h("li", {}, button);
      }),
    );
  }

  store.watch((state) => state.history, show);
  store.watch((state) => state.picture, show);
  show();
  return { settled: () => keep(), refinedOf };
}

/** @param {Entry | undefined} entry @param {any} picture */
const isSame = (entry, picture) => Boolean(entry && picture && entry.key === picture.key && entry.refined === picture.refined);
