/** What came of many photos: the pictures, those that failed and why, and all of them as a ZIP. */

import { addressOf, askPicture } from "./api.js";
import { clearCode, letCopy, showCode } from "./code.js";
import { byId, cover, h, icon } from "./dom.js";
import { canvasOf } from "./masks.js";
import { showError } from "./notices.js";

/** @param {import("./store.js").Store<any>} store */
export function createBatch(store) {
  const sheet = byId("batch-sheet");
  let shown = "";

  function open() {
    const { batch, photos } = store.get();
    if (!batch) return sheet.close();
    const names = new Map(photos.map((/** @type {any} */ photo) => [photo.id, photo.name]));
    /** @param {any} one */
    const nameOf = (one) => names.get(one.photo) ?? one.name ?? "A photo";
    const done = batch.pictures.filter((/** @type {any} */ one) => one.result);
    const failed = batch.pictures.filter((/** @type {any} */ one) => one.error);
    byId("batch-title").textContent = titleOf(done.length, failed.length);
    byId("batch-failed").replaceChildren(...failed.map((/** @type {any} */ one) => h("li", {}, h("b", { text: nameOf(one) }), ` ${one.error}`)));
    byId("batch-failed").hidden = !failed.length;
    for (const link of sheet.querySelectorAll("a.format")) {
      link.href = addressOf(`/results/${batch.id}?format=${link.dataset.format}`);
      link.hidden = !done.length;
      if (link.id === "batch-files") link.hidden = !JSON.stringify(batch.request ?? {}).includes('"picture"');
    }
    if (shown !== batch.id) fill(batch, done, nameOf);
    shown = batch.id;
    if (!sheet.open) sheet.showModal();
  }

  /** @param {any} batch @param {any[]} done @param {(one: any) => string} nameOf */
  function fill(batch, done, nameOf) {
    const cells = done.map((one) => {
      const canvas = canvasOf(176, 132);
      canvas.setAttribute("role", "img");
      canvas.setAttribute("aria-label", nameOf(one));
      return { canvas, one };
    });
    byId("batch-pictures").replaceChildren(...cells.map(({ canvas, one }) => h("li", {}, canvas, h("span", { text: nameOf(one) }))));
    clearCode("batch");
    showCode("batch", batch.id).catch(showError);
    drawAll(cells, batch.id).catch(showError);
  }

  /** One after the other: each is a whole picture. @param {{canvas: HTMLCanvasElement, one: any}[]} cells @param {string} id */
  async function drawAll(cells, id) {
    for (const { canvas, one } of cells) {
      const bitmap = await askPicture(`/results/${one.result.id}?format=jpeg`);
      cover(canvas, bitmap);
      bitmap.close();
      if (store.get().batch?.id !== id) return;
    }
  }

  for (const link of sheet.querySelectorAll("a.format")) link.prepend(icon("download"));
  letCopy(sheet);
  byId("batch-close").append(icon("close"));
  byId("batch-close").addEventListener("click", () => sheet.close());
  sheet.addEventListener("close", () => store.set({ isBatchOpen: false }));
  store.watch((state) => state.batch, (batch) => store.set({ isBatchOpen: Boolean(batch) }));
  store.watch((state) => state.isBatchOpen, (isOpen) => (isOpen ? open() : sheet.close()));
}

/** @param {number} done @param {number} failed */
function titleOf(done, failed) {
  const words = `${done} ${done === 1 ? "photo" : "photos"} styled`;
  return failed ? `${words}, ${failed} failed` : words;
}
