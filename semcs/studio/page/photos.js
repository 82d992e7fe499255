/** A photo comes in: dropped, pasted or chosen. Its mask is found at once. */

import { ApiError, askPicture, sendFile } from "./api.js";
import { byId, cover } from "./dom.js";
import { firstWork } from "./document.js";
import { canvasOf, findMask, forgetMasks, loadMask } from "./masks.js";
import { announce, clearError, showError } from "./notices.js";

const SIDE = 2048; // longest side of the photo on the stage

/**
 * @param {import("./store.js").Store<any>} store
 * @param {(file: File) => void} useAsStyle
 */
export function createPhotos(store, useAsStyle) {
  let turn = 0;

  /** @param {File} file */
  async function open(file) {
    const mine = (turn += 1);
    clearError();
    const { limits } = store.get().about ?? {};
    if (limits?.bytes && file.size > limits.bytes) {
      return showError(`${file.name} has ${megabytes(file.size)}: at most ${megabytes(limits.bytes)} are taken`);
    }
    store.set({ opening: true });
    announce(`Opening ${file.name}`);
    try {
      const [photo, seen] = await Promise.all([sendFile("/photos", file), decoded(file)]);
      const isSame = seen && seen.width === photo.width && seen.height === photo.height;
      const photoBitmap = isSame ? reduced(seen) : await askPicture(`/photos/${photo.id}?side=${SIDE}`);
      if (mine !== turn) return;
      start(photo, photoBitmap);
      await findForeground(photo);
    } catch (error) {
      if (mine === turn) showError(isRefusal(error) ? `${file.name}: ${error.message}` : error);
    } finally {
      if (mine === turn) store.set({ opening: false });
    }
  }

  /** @param {any} photo @param {ImageBitmap | HTMLCanvasElement} photoBitmap */
  function start(photo, photoBitmap) {
    forgetMasks();
    const work = firstWork(null);
    store.set({
      photo, photoBitmap, work, chosen: work.regions[0].key,
      past: [], future: [], history: [], picture: null, preview: null, compare: false,
      overlay: true, tool: "move", adding: false, opening: false, stylePictures: {},
    });
  }

  /** @param {any} photo */
  async function findForeground(photo) {
    store.set((state) => ({ busy: state.busy + 1 }));
    try {
      const mask = await findMask(photo.id, {});
      await loadMask(mask, photo);
      if (store.get().photo?.id !== photo.id) return;
      setMask(mask);
      announce("The foreground is found. Choose a style for it.");
    } finally {
      store.set((state) => ({ busy: state.busy - 1 }));
    }
  }

  /** Not a change that undo takes back: there is no work without it. @param {string} mask */
  function setMask(mask) {
    /** @param {import("./document.js").Work} work */
    const withMask = (work) => ({
      ...work,
      regions: work.regions.map((region) =>
        region.kind === "foreground" && !region.mask ? { ...region, mask } : region,
      ),
    });
    store.set((state) => ({ work: withMask(state.work), past: state.past.map(withMask) }));
  }

  /** @param {DataTransfer | null} data */
  const fileOf = (data) => [...(data?.files ?? [])][0];

  /** @param {DragEvent} event */
  const bringsFile = (event) => event.dataTransfer?.types.includes("Files");

  let inside = 0;
  window.addEventListener("dragenter", (event) => {
    if (!bringsFile(event)) return;
    inside += 1;
    document.body.classList.add("dropping");
  });
  window.addEventListener("dragleave", (event) => {
    if (bringsFile(event) && (inside -= 1) <= 0) dropped();
  });
  window.addEventListener("dragover", (event) => bringsFile(event) && event.preventDefault());
  window.addEventListener("drop", (event) => {
    if (!bringsFile(event)) return;
    event.preventDefault();
    dropped();
    const file = fileOf(event.dataTransfer);
    if (!file) return;
    const onStyle = /** @type {Element} */ (event.target).closest?.("#style-panel");
    if (onStyle && store.get().photo) useAsStyle(file);
    else open(file);
  });

  function dropped() {
    inside = 0;
    document.body.classList.remove("dropping");
  }

  window.addEventListener("paste", (event) => {
    const file = fileOf(event.clipboardData);
    if (!file) return;
    event.preventDefault();
    open(file);
  });
  byId("photo-file").addEventListener("change", (/** @type {any} */ event) => {
    const [file] = event.target.files;
    event.target.value = "";
    if (file) open(file);
  });
  for (const id of ["choose-photo", "open-photo"]) {
    byId(id).addEventListener("click", () => byId("photo-file").click());
  }
  return { open };
}

/**
 * What the browser itself makes of the file, which saves a way; null where it can't read it.
 *
 * @param {File} file
 */
const decoded = (file) => createImageBitmap(file).catch(() => null);

/** @param {ImageBitmap} bitmap */
function reduced(bitmap) {
  const scale = SIDE / Math.max(bitmap.width, bitmap.height);
  if (scale >= 1) return bitmap;
  const canvas = canvasOf(bitmap.width * scale, bitmap.height * scale);
  cover(canvas, bitmap);
  bitmap.close();
  return canvas;
}

/** Whether the server answered that it won't take the file. @param {any} error */
const isRefusal = (error) => error instanceof ApiError && [400, 413, 415].includes(error.status);

/** @param {number} bytes */
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
