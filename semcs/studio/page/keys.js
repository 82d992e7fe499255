/** Keys that work everywhere on the page, and the sheet that lists them. */

import { byId, h, icon } from "./dom.js";

const TOOLS = { v: "move", s: "click", x: "box", b: "brush" };
const SHEET = [
  ["Ctrl Z", "Undo"],
  ["Ctrl Shift Z", "Redo"],
  ["V  S  X  B", "Move, click, box, brush"],
  ["E", "Add or take away"],
  ["[  ]", "Smaller or larger brush"],
  ["I", "Invert the region"],
  ["M", "Show the regions"],
  ["C", "Compare before and after"],
  ["O", "Hold to see the photo"],
  ["+  −  0", "Zoom in, out, fit"],
  ["Arrows, Enter", "On the picture: move and press the crosshair"],
  ["Alt ↑ ↓", "On a region: move it up or down"],
  ["F2, Delete", "On a region: rename, delete"],
  ["←  →  Delete", "On a photo of the strip: the next one, remove"],
  ["←  →  Shift", "On the timeline: move a handle, further"],
  ["Esc", "Back to moving the view, or from a clip"],
];

/**
 * @param {import("./store.js").Store<any>} store
 * @param {import("./document.js").Editor} editor
 * @param {import("./stage.js").Stage} stage
 * @param {import("./mending.js").Mending} mending
 */
export function createKeys(store, editor, stage, mending) {
  /** @param {(state: any) => any} change */
  const set = (change) => () => store.set(change);

  /** @type {Record<string, () => void>} */
  const plain = {
    e: set((state) => ({ erase: !state.erase })),
    "[": set((state) => ({ brushSize: Math.max(4, state.brushSize * 0.8) })),
    "]": set((state) => ({ brushSize: Math.min(160, state.brushSize * 1.25) })),
    i: () => mending.invert(),
    m: set((state) => ({ overlay: !state.overlay })),
    c: set((state) => ({ compare: Boolean(state.picture) && !state.compare })),
    o: set(() => ({ peek: true })),
    "+": () => stage.zoom(1.3),
    "=": () => stage.zoom(1.3),
    "-": () => stage.zoom(1 / 1.3),
    0: () => stage.fit(),
    "?": () => byId("help-sheet").showModal(),
    Escape: set(() => ({ tool: "move", adding: false, clip: null })),
  };
  for (const [key, tool] of Object.entries(TOOLS)) plain[key] = set(() => ({ tool }));

  /** @param {KeyboardEvent} event */
  function down(event) {
    if (document.querySelector("dialog[open]")) return;
    const { photo } = store.get();
    if (!photo || isTyping(event.target)) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (event.ctrlKey || event.metaKey) {
      if (key !== "z" && key !== "y") return;
      if (key === "y" || event.shiftKey) editor.redo();
      else editor.undo();
    } else if (plain[key] && !event.altKey) plain[key]();
    else return;
    event.preventDefault();
  }

  window.addEventListener("keydown", down);
  window.addEventListener("keyup", (event) => event.key.toLowerCase() === "o" && store.set({ peek: false }));
  bindButtons(store, editor);
}

/** @param {import("./store.js").Store<any>} store @param {import("./document.js").Editor} editor */
function bindButtons(store, editor) {
  byId("help").append(icon("keyboard"));
  byId("help").addEventListener("click", () => byId("help-sheet").showModal());
  byId("help-close").append(icon("close"));
  byId("help-close").addEventListener("click", () => byId("help-sheet").close());
  byId("help-keys").append(
    ...SHEET.flatMap(([keys, words]) => [h("dt", {}, ...keys.split("  ").map((key) => h("kbd", { text: key }))), h("dd", { text: words })]),
  );
  byId("undo").append(icon("undo"));
  byId("redo").append(icon("redo"));
  byId("undo").addEventListener("click", editor.undo);
  byId("redo").addEventListener("click", editor.redo);
  const show = () => {
    byId("undo").disabled = !store.get().past.length;
    byId("redo").disabled = !store.get().future.length;
  };
  store.watch((state) => state.past, show);
  store.watch((state) => state.future, show);
  show();
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return target.type !== "range";
  return target.isContentEditable || target.tagName === "TEXTAREA";
}
