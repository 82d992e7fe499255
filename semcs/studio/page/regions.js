/** The list of regions: choose, rename, reorder, keep, delete, and add by word or click. */

import { byId, h, icon, iconButton } from "./dom.js";
import { chosenRegion, isStyled } from "./document.js";
import { announce } from "./notices.js";
import { pressed } from "./toolbar.js";

/** @typedef {import("./document.js").Region} Region */

/**
 * @param {import("./store.js").Store<any>} store
 * @param {import("./document.js").Editor} editor
 * @param {import("./mending.js").Mending} mending
 */
export function createRegions(store, editor, mending) {
  const list = byId("region-list");
  /** @type {string | null} */
  let dragged = null;

  function show() {
    const { work, photo } = store.get();
    const focused = focusedPart();
    list.replaceChildren(...(photo ? work.regions.map(row) : []));
    if (focused) list.querySelector(`[data-key="${focused.key}"] .${focused.part}`)?.focus();
  }

  function focusedPart() {
    const active = /** @type {HTMLElement | null} */ (document.activeElement);
    const key = list.contains(active) && active?.closest("li")?.dataset.key;
    return key ? { key, part: active?.dataset.part ?? "region-choose" } : null;
  }

  /** @param {Region} region */
  function row(region) {
    const isChosen = region === chosenRegion(store.get());
    const fixed = region.kind === "rest";
    const chip = h("span", { class: "chip" });
    chip.style.setProperty("--chip", region.color);
    const choose = h(
      "button",
      {
        type: "button",
        class: "region-choose",
        "data-part": "region-choose",
        "aria-pressed": String(isChosen),
        onclick: () => store.set({ chosen: region.key }),
        ondblclick: () => rename(region),
        onkeydown: (/** @type {KeyboardEvent} */ event) => keyOn(event, region),
      },
      chip,
      h("span", { class: "region-words" }, h("b", { text: region.name }), h("small", { text: saidOf(region) })),
    );
    const item = h("li", { class: isChosen ? "region chosen" : "region", "data-key": region.key, draggable: fixed ? null : "true" }, fixed ? h("span", { class: "grip-space" }) : grip(region), choose, actions(region));
    if (!fixed) letDrag(item, region);
    letDrop(item, region);
    return item;
  }

  /** @param {Region} region */
  function saidOf(region) {
    if (region.missing) return "Not in this photo";
    if (region.kept) return "Kept as in the photo";
    if (!isStyled(region)) return "As in the photo";
    return region.picture ? region.picture.name : region.style;
  }

  /** @param {Region} region */
  const grip = (region) =>
    iconButton("grip", `Move ${region.name}: arrow up or down`, () => {}, {
      class: "icon-button grip",
      "data-part": "grip",
      onkeydown: (/** @type {KeyboardEvent} */ event) => {
        const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
        if (!by) return;
        event.preventDefault();
        moveBy(region, by);
      },
    });

  /** @param {Region} region */
  function actions(region) {
    const keep = iconButton(region.kept ? "lock" : "unlock", `Keep ${region.name} as in the photo`, () =>
      editor.editRegion(region.key, { kept: !region.kept }), { class: "icon-button keep", "data-part": "keep" });
    pressed(keep, region.kept);
    const parts = [keep, iconButton("pencil", `Rename ${region.name}`, () => rename(region), { class: "icon-button rename", "data-part": "rename" })];
    if (region.kind !== "rest") parts.push(iconButton("trash", `Delete ${region.name}`, () => remove(region), { class: "icon-button remove", "data-part": "remove" }));
    return h("span", { class: "region-actions" }, ...parts);
  }

  /** @param {KeyboardEvent} event @param {Region} region */
  function keyOn(event, region) {
    if (event.key === "F2") rename(region);
    else if (event.key === "Delete" && region.kind !== "rest") remove(region);
    else if (event.altKey && event.key === "ArrowUp") moveBy(region, -1);
    else if (event.altKey && event.key === "ArrowDown") moveBy(region, 1);
    else return;
    event.preventDefault();
  }

  /** @param {Region} region */
  function rename(region) {
    const item = list.querySelector(`[data-key="${region.key}"]`);
    const field = /** @type {HTMLInputElement} */ (h("input", { class: "rename-field", "aria-label": "Name of the region", maxlength: 40, value: region.name }));
    let isOpen = true;
    /** @param {boolean} takes */
    const close = (takes) => {
      if (!isOpen) return;
      isOpen = false;
      const name = field.value.trim();
      if (takes && name && name !== region.name) editor.editRegion(region.key, { name });
      else show();
      list.querySelector(`[data-key="${region.key}"] .region-choose`)?.focus();
    };
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") close(true);
      if (event.key === "Escape") close(false);
      event.stopPropagation();
    });
    field.addEventListener("blur", () => close(true));
    item?.querySelector(".region-choose")?.replaceWith(field);
    field.select();
  }

  /** @param {Region} region */
  function remove(region) {
    editor.edit("delete", (work) => ({ ...work, regions: work.regions.filter((one) => one.key !== region.key) }));
    announce(`${region.name} deleted: Ctrl+Z brings it back`);
    list.querySelector(".region-choose")?.focus();
  }

  /** @param {Region} region @param {number} by */
  function moveBy(region, by) {
    const { regions } = store.get().work;
    moveTo(region.key, regions.indexOf(region) + by);
  }

  /** The rest stays last: it is what the others leave. @param {string} key @param {number} to */
  function moveTo(key, to) {
    editor.edit("move", (work) => {
      const region = work.regions.find((one) => one.key === key);
      const others = work.regions.filter((one) => one.key !== key);
      const most = others.length - (others.at(-1)?.kind === "rest" ? 1 : 0);
      if (!region || to < 0 || to > most || work.regions.indexOf(region) === to) return work;
      others.splice(to, 0, region);
      announce(`${region.name} is now ${to + 1} of ${others.length}`);
      return { ...work, regions: others };
    });
  }

  /** @param {HTMLElement} item @param {Region} region */
  function letDrag(item, region) {
    item.addEventListener("dragstart", (event) => {
      dragged = region.key;
      event.dataTransfer?.setData("application/x-semcs-region", region.key);
      item.classList.add("dragged");
    });
    item.addEventListener("dragend", () => ((dragged = null), show()));
  }

  /** @param {HTMLElement} item @param {Region} region */
  function letDrop(item, region) {
    item.addEventListener("dragover", (event) => {
      if (!dragged || dragged === region.key) return;
      event.preventDefault();
      item.classList.add("drop-here");
    });
    item.addEventListener("dragleave", () => item.classList.remove("drop-here"));
    item.addEventListener("drop", (event) => {
      if (!dragged) return;
      event.preventDefault();
      event.stopPropagation();
      const { regions } = store.get().work;
      moveTo(dragged, regions.indexOf(region));
    });
  }

  byId("add-region").addEventListener("submit", (/** @type {Event} */ event) => {
    event.preventDefault();
    const field = byId("add-words");
    const words = field.value.trim();
    if (!words) return;
    field.value = "";
    mending.findWords(words);
  });
  byId("add-by-click").prepend(icon("pointer"));
  byId("add-by-click").addEventListener("click", () => {
    store.set({ adding: true, tool: "click", overlay: true });
    byId("stage-canvas").focus();
  });
  byId("adding-cancel").addEventListener("click", () => store.set({ adding: false }));
  store.watch((state) => state.work, show);
  store.watch((state) => state.chosen, show);
  store.watch((state) => state.photo, show);
  store.watch((state) => state.about, (about) => {
    byId("known-words").replaceChildren(...(about?.words ?? []).map((/** @type {string} */ word) => h("option", { value: word })));
  });
  show();
}
