/** The style of the chosen region: text with suggestions, what it means, a picture by drop. */

import { askJson, askPicture, sendFile } from "./api.js";
import { byId, cover, debounced, h, icon, iconButton } from "./dom.js";
import { chosenRegion } from "./document.js";
import { keepFile } from "./files.js";
import { canvasOf } from "./masks.js";
import { announce, showError } from "./notices.js";

const MOST_SUGGESTED = 7;

/** @param {import("./store.js").Store<any>} store @param {import("./document.js").Editor} editor */
export function createStyle(store, editor) {
  const field = byId("style-text");
  const list = byId("suggestions");
  const meaning = byId("meaning");
  let active = -1;
  let asked = 0;

  /** @param {Record<string, any>} changes */
  const edit = (changes) => {
    const region = chosenRegion(store.get());
    if (region) editor.editRegion(region.key, { kept: false, ...changes });
  };

  /** Takes a text as the style at once. @param {string} text */
  function choose(text) {
    asked += 1;
    field.value = text;
    close();
    edit({ style: text, picture: null });
    explain(text);
  }

  /** What is typed becomes the style as soon as something of it is understood. */
  const read = debounced(220, async () => {
    const text = field.value.trim();
    const turn = (asked += 1);
    const found = await matchOf(text);
    if (turn !== asked) return;
    tell(found);
    if (!text || isFound(found)) edit({ style: text, picture: null });
  });

  /** @param {string} text */
  async function explain(text) {
    const turn = (asked += 1);
    const found = await matchOf(text);
    if (turn === asked) tell(found);
  }

  /** @param {string} text */
  async function matchOf(text) {
    if (!text.trim()) return null;
    try {
      return await askJson(`/looks/match?text=${encodeURIComponent(text)}`);
    } catch (error) {
      showError(error);
      return null;
    }
  }

  /** @param {any} found */
  function tell(found) {
    if (!found) return meaning.replaceChildren();
    if (!isFound(found)) {
      const near = nearOf(found).map((name) =>
        h("button", { type: "button", class: "near", text: name, onclick: () => choose(name) }),
      );
      const words = near.length ? "No look is near that. Try" : "No look is near that.";
      return meaning.replaceChildren(h("span", { text: words }), ...near);
    }
    const parts = [icon("check"), h("span", { text: found.description ?? Object.keys(found.looks).join(", ") })];
    const unknown = found.unknown?.join(", ");
    if (unknown) parts.push(h("em", { text: `not known: ${unknown}` }));
    meaning.replaceChildren(...parts);
  }

  function suggest() {
    const typed = field.value.trim().toLowerCase();
    const names = (store.get().looks ?? []).map((/** @type {any} */ look) => look.name);
    const starts = names.filter((/** @type {string} */ name) => name.startsWith(typed));
    const holds = names.filter((/** @type {string} */ name) => name.includes(typed) && !starts.includes(name));
    const shown = typed ? [...starts, ...holds].slice(0, MOST_SUGGESTED) : [];
    active = -1;
    list.replaceChildren(...shown.map(option));
    open(shown.length > 0 && !(shown.length === 1 && shown[0] === typed));
  }

  /** @param {string} name @param {number} index */
  function option(name, index) {
    return h("li", {
      id: `suggestion-${index}`,
      role: "option",
      "aria-selected": "false",
      text: name,
      onpointerdown: (/** @type {Event} */ event) => {
        event.preventDefault();
        choose(name);
      },
    });
  }

  /** @param {boolean} isOpen */
  function open(isOpen) {
    list.hidden = !isOpen;
    field.setAttribute("aria-expanded", String(isOpen));
    field.removeAttribute("aria-activedescendant");
  }

  const close = () => open(false);

  /** @param {number} by */
  function step(by) {
    if (list.hidden) suggest();
    const options = [...list.children];
    if (!options.length) return;
    options[active]?.setAttribute("aria-selected", "false");
    active = (active + by + options.length) % options.length;
    options[active].setAttribute("aria-selected", "true");
    options[active].scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", options[active].id);
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    if (event.key === "ArrowDown") step(1);
    else if (event.key === "ArrowUp") step(-1);
    else if (event.key === "Escape" && !list.hidden) close();
    else if (event.key === "Enter") choose(list.children[active]?.textContent ?? field.value.trim());
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {File} file */
  async function usePicture(file) {
    const { photo } = store.get();
    const region = chosenRegion(store.get());
    if (!photo || !region) return showError("Choose a photo first: then a picture can be its style");
    try {
      const { id } = await sendFile(`/photos/${photo.id}/styles`, file);
      keepFile(id, file);
      const thumbnail = canvasOf(128, 128);
      cover(thumbnail, await createImageBitmap(file).catch(() => askPicture(`/photos/${id}?side=256`)));
      field.value = "";
      meaning.replaceChildren();
      const picture = { name: file.name || "Pasted picture", thumbnail: thumbnail.toDataURL("image/jpeg", 0.8) };
      store.set((state) => ({ stylePictures: { ...state.stylePictures, [id]: picture } }));
      editor.editRegion(region.key, { kept: false, picture: { id, name: picture.name }, style: "" });
      announce(`${picture.name} is the style of ${region.name}`);
    } catch (error) {
      showError(error);
    }
  }

  function show() {
    const region = chosenRegion(store.get());
    byId("style-panel").inert = !store.get().photo;
    if (!region) return;
    byId("style-title").textContent = region.name;
    byId("style-chip").style.setProperty("--chip", region.color);
    if (document.activeElement !== field || !field.value.trim().startsWith(region.style)) field.value = region.style;
    byId("style-clear").hidden = !region.style && !region.picture;
    showPicture(region);
  }

  /** @param {import("./document.js").Region} region */
  function showPicture(region) {
    const place = byId("style-picture");
    byId("style-drop").hidden = Boolean(region.picture);
    place.hidden = !region.picture;
    if (!region.picture) return;
    const canvas = canvasOf(96, 96);
    canvas.className = "style-thumbnail";
    drawUrl(canvas, store.get().stylePictures[region.picture.id]?.thumbnail);
    const remove = iconButton("close", "Remove the style picture", () => edit({ picture: null }));
    place.replaceChildren(canvas, h("span", { text: region.picture.name }), remove);
  }

  field.addEventListener("input", () => (suggest(), read()));
  field.addEventListener("keydown", key);
  field.addEventListener("blur", close);
  byId("style-clear").append(icon("close"));
  byId("style-clear").addEventListener("click", () => (choose(""), field.focus()));
  byId("style-drop").prepend(icon("picture"));
  byId("style-drop").addEventListener("click", () => byId("style-file").click());
  byId("style-file").addEventListener("change", (/** @type {any} */ event) => {
    const [file] = event.target.files;
    event.target.value = "";
    if (file) usePicture(file);
  });
  store.watch((state) => state.work, show);
  store.watch((state) => state.photo, show);
  store.watch((state) => chosenRegion(state)?.key, () => {
    show();
    explain(chosenRegion(store.get())?.style ?? "");
  });
  show();
  return { choose, usePicture };
}

/** @param {any} found */
const isFound = (found) =>
  Boolean(found && (Object.keys(found.looks ?? {}).length || Object.keys(found.colors ?? {}).length || found.light?.length));

/** @param {any} found @returns {string[]} */
const nearOf = (found) => found.near ?? found.nearest ?? [];

/**
 * Draws a data URL without loading it as a URL, which the page's security policy forbids.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {string | undefined} url
 */
export async function drawUrl(canvas, url) {
  if (!url) return;
  const bytes = Uint8Array.from(atob(url.slice(url.indexOf(",") + 1)), (letter) => letter.charCodeAt(0));
  cover(canvas, await createImageBitmap(new Blob([bytes], { type: "image/jpeg" })));
}
