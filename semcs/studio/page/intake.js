/** Hands that bring files: drop, paste, and the buttons that open a chooser. */

import { byId } from "./dom.js";
import { filesOf, isPicture, isVideo } from "./files.js";
import { showError } from "./notices.js";

/**
 * @param {import("./store.js").Store<any>} store
 * @param {{open: (files: File[], isAdding?: boolean) => Promise<void>}} photos
 * @param {(file: File) => void} useAsStyle
 */
export function createIntake(store, photos, useAsStyle) {
  let inside = 0;
  let isAdding = false;

  /** @param {DragEvent} event */
  const bringsFile = (event) => event.dataTransfer?.types.includes("Files");

  function dropped() {
    inside = 0;
    document.body.classList.remove("dropping");
  }

  /** @param {DragEvent} event */
  async function drop(event) {
    if (!bringsFile(event)) return;
    event.preventDefault();
    dropped();
    const on = /** @type {Element} */ (event.target);
    const files = await filesOf(event.dataTransfer);
    const isStyle = on.closest?.("#style-panel") && store.get().photo;
    if (isStyle && files.length === 1 && !isVideo(files[0])) useAsStyle(files[0]);
    else await photos.open(files, Boolean(on.closest?.("#album")));
  }

  /** @param {ClipboardEvent} event */
  async function paste(event) {
    if (!event.clipboardData?.files.length) return;
    event.preventDefault();
    await photos.open(await filesOf(event.clipboardData));
  }

  /** @param {string} id Of the input. @param {boolean} adds */
  function choose(id, adds) {
    isAdding = adds;
    byId(id).click();
  }

  window.addEventListener("dragenter", (event) => {
    if (!bringsFile(event)) return;
    inside += 1;
    document.body.classList.add("dropping");
  });
  window.addEventListener("dragleave", (event) => {
    if (bringsFile(event) && (inside -= 1) <= 0) dropped();
  });
  window.addEventListener("dragover", (event) => bringsFile(event) && event.preventDefault());
  window.addEventListener("drop", (event) => drop(event).catch(showError));
  window.addEventListener("paste", (event) => paste(event).catch(showError));
  for (const id of ["photo-file", "photo-folder"]) {
    byId(id).addEventListener("change", (/** @type {any} */ event) => {
      const chosen = [...event.target.files];
      event.target.value = "";
      const files = id === "photo-folder" ? chosen.filter((file) => isPicture(file) && !file.name.startsWith(".")) : chosen;
      if (chosen.length) photos.open(files, isAdding);
    });
  }
  byId("choose-photo").addEventListener("click", () => choose("photo-file", false));
  byId("choose-folder").addEventListener("click", () => choose("photo-folder", false));
  byId("open-photo").addEventListener("click", () => choose("photo-file", false));
  byId("album-add").addEventListener("click", () => choose("photo-file", true));
}
