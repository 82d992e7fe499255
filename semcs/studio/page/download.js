/** The download menu: files of the picture, and the code that makes it again. */

import { addressOf, ask } from "./api.js";
import { clearCode, letCopy, showCode } from "./code.js";
import { byId, h, icon } from "./dom.js";
import { requestOf } from "./requests.js";
import { megabytes } from "./files.js";
import { startJob, watchJob } from "./jobs.js";
import { announce, showError } from "./notices.js";

const FORMATS = [
  ["png", "PNG", "Every pixel, with transparency", ".png"],
  ["jpeg", "JPEG", "Small, for sharing", ".jpg"],
  ["layers", "Layers", "Each region as a picture, in a ZIP", "-layers.zip"],
  ["psd", "Photoshop", "Regions as layers of a PSD", ".psd"],
];
const OF_PICTURE = "Masks and style pictures that the code names are in the ZIP of “Layers”.";
const OF_CLIP = "Masks and style pictures that the code names are in “Files of the code”.";

/** @param {import("./store.js").Store<any>} store */
export function createDownload(store) {
  const button = byId("download");
  const menu = byId("download-menu");
  /** @type {Map<string, Promise<{id: string}>>} */
  const made = new Map();

  /** The picture at full size: what is on the stage may be smaller. */
  function resultOf() {
    const { picture, clip, ...state } = store.get();
    if (clip) return Promise.resolve(clip);
    if (picture?.result) return Promise.resolve(picture.result);
    const request = requestOf(state);
    const key = JSON.stringify(request);
    const known = made.get(key);
    if (known) return known;
    const making = startJob({ ...request, preset: "instant" }).then((id) => watchJob(id, () => {}));
    making.catch(() => made.delete(key));
    made.set(key, making);
    return making;
  }

  /** @param {string} format @param {string} ending @param {HTMLElement} item */
  async function save(format, ending, item) {
    item.setAttribute("aria-busy", "true");
    try {
      const { id } = await resultOf();
      const blob = await (await ask(`/results/${id}?format=${format}`)).blob();
      const stem = (store.get().photo?.name ?? "photo").replace(/\.[^.]*$/, "");
      saveAs(blob, `${stem}-styled${ending}`);
      announce("Saved");
      close();
    } catch (error) {
      showError(error);
    } finally {
      item.removeAttribute("aria-busy");
    }
  }

  async function showItsCode() {
    clearCode("code");
    try {
      await showCode("code", (await resultOf()).id);
    } catch (error) {
      close();
      showError(error);
    }
  }

  function showFormats() {
    const { clip } = store.get();
    byId("formats").hidden = Boolean(clip);
    byId("clip-formats").hidden = !clip;
    byId("code-hint").textContent = clip ? OF_CLIP : OF_PICTURE;
    byId("code-title").textContent = clip ? "The same clip by code" : "The same picture by code";
    if (!clip) return;
    byId("clip-format").href = addressOf(clip.url); // straight to the disk: it may be large
    byId("clip-files").href = addressOf(`${clip.url}?format=layers`);
    byId("clip-format-words").textContent = `${clip.name} · ${clip.width} × ${clip.height} · ${megabytes(clip.bytes)}`;
  }

  function open() {
    menu.hidden = false;
    showFormats();
    button.setAttribute("aria-expanded", "true");
    menu.querySelector(store.get().clip ? "#clip-format" : "#formats .format")?.focus();
    showItsCode();
  }

  function close() {
    if (menu.contains(document.activeElement)) button.focus();
    menu.hidden = true;
    button.setAttribute("aria-expanded", "false");
  }

  byId("formats").replaceChildren(
    ...FORMATS.map(([format, name, words, ending]) => {
      const item = h(
        "button",
        { type: "button", class: "format", "data-format": format },
        icon("download"),
        h("span", {}, h("b", { text: name }), h("small", { text: words })),
      );
      item.addEventListener("click", () => save(format, ending, item));
      return item;
    }),
  );
  letCopy(menu);
  for (const id of ["clip-format", "clip-files"]) byId(id).prepend(icon("download"));
  byId("download-close").append(icon("close"));
  byId("download-close").addEventListener("click", close);
  button.prepend(icon("download"));
  button.addEventListener("click", () => (menu.hidden ? open() : close()));
  menu.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation(); // one Escape closes the menu alone, not the clip behind it, too
    close();
  });
  document.addEventListener("pointerdown", (event) => {
    const on = /** @type {Node} */ (event.target);
    if (!menu.hidden && !menu.contains(on) && !button.contains(on)) close();
  });
  /** What may be downloaded is what is shown. */
  function change() {
    const { picture, clip } = store.get();
    button.disabled = !picture && !clip;
    close();
  }

  store.watch((state) => state.picture, (picture) => picture || store.get().clip ? (button.disabled = false) : change());
  store.watch((state) => state.clip, change);
  button.disabled = true;
}

/** @param {Blob} blob @param {string} name */
function saveAs(blob, name) {
  const url = URL.createObjectURL(blob);
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
