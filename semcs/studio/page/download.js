/** The download menu: files of the picture, and the code that makes it again. */

import { ask, askJson } from "./api.js";
import { byId, h, icon } from "./dom.js";
import { requestOf } from "./document.js";
import { startJob, watchJob } from "./jobs.js";
import { announce, showError } from "./notices.js";

const FORMATS = [
  ["png", "PNG", "Every pixel, with transparency", ".png"],
  ["jpeg", "JPEG", "Small, for sharing", ".jpg"],
  ["layers", "Layers", "Each region as a picture, in a ZIP", "-layers.zip"],
  ["psd", "Photoshop", "Regions as layers of a PSD", ".psd"],
];

/** @param {import("./store.js").Store<any>} store */
export function createDownload(store) {
  const button = byId("download");
  const menu = byId("download-menu");
  /** @type {Map<string, Promise<{id: string}>>} */
  const made = new Map();

  /** The picture at full size: what is on the stage may be smaller. */
  function resultOf() {
    const { picture, ...state } = store.get();
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

  async function showCode() {
    const places = { python: byId("code-python"), command: byId("code-command") };
    for (const place of Object.values(places)) place.textContent = "…";
    try {
      const { id } = await resultOf();
      const code = await askJson(`/results/${id}/code`);
      places.python.textContent = code.python;
      places.command.textContent = code.command;
    } catch (error) {
      close();
      showError(error);
    }
  }

  /** @param {string} id @param {HTMLElement} copy */
  async function copyCode(id, copy) {
    await navigator.clipboard.writeText(byId(id).textContent);
    const label = copy.lastChild;
    if (label) label.textContent = "Copied";
    announce("Copied");
    setTimeout(() => label && (label.textContent = "Copy"), 1600);
  }

  function open() {
    menu.hidden = false;
    button.setAttribute("aria-expanded", "true");
    menu.querySelector(".format")?.focus();
    showCode();
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
  for (const copy of menu.querySelectorAll("[data-copy]")) {
    copy.prepend(icon("copy"));
    copy.addEventListener("click", () => copyCode(copy.dataset.copy, copy).catch(showError));
  }
  byId("download-close").append(icon("close"));
  byId("download-close").addEventListener("click", close);
  button.prepend(icon("download"));
  button.addEventListener("click", () => (menu.hidden ? open() : close()));
  menu.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Escape") close();
  });
  document.addEventListener("pointerdown", (event) => {
    const on = /** @type {Node} */ (event.target);
    if (!menu.hidden && !menu.contains(on) && !button.contains(on)) close();
  });
  store.watch((state) => state.picture, (picture) => {
    button.disabled = !picture;
    if (!picture) close();
  });
  button.disabled = true;
}

/** @param {Blob} blob @param {string} name */
function saveAs(blob, name) {
  const url = URL.createObjectURL(blob);
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
