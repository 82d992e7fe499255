/** The floating bar under the picture: tools, brush, invert, what is shown, zoom. */

import { byId, h, icon, iconButton } from "./dom.js";

const TOOLS = [
  ["move", "hand", "Move the view", "V"],
  ["click", "pointer", "Click what belongs to the region", "S"],
  ["box", "box", "Draw a box around it", "X"],
  ["brush", "brush", "Brush over it", "B"],
];

/**
 * @param {import("./store.js").Store<any>} store
 * @param {import("./stage.js").Stage} stage
 * @param {import("./mending.js").Mending} mending
 */
export function createToolbar(store, stage, mending) {
  const tools = TOOLS.map(([name, drawing, label, key]) =>
    iconButton(drawing, `${label} (${key})`, () => store.set({ tool: name }), { "data-tool": name }),
  );
  byId("tools").append(...tools);
  byId("tool-mode").append(modeButton("add", "plus", "Add", false), modeButton("erase", "minus", "Take away", true));
  byId("invert").append(icon("invert"));
  byId("invert").addEventListener("click", () => mending.invert());
  const size = byId("brush-size");
  size.addEventListener("input", () => store.set({ brushSize: Number(size.value) }));
  toggle("overlay-toggle", "overlay", "layers");
  toggle("compare-toggle", "compare", "compare");
  byId("zoom-out").append(icon("minus"));
  byId("zoom-in").append(icon("plus"));
  byId("zoom-out").addEventListener("click", () => stage.zoom(1 / 1.3));
  byId("zoom-in").addEventListener("click", () => stage.zoom(1.3));
  byId("zoom-fit").addEventListener("click", () => stage.fit());

  /** @param {string} id @param {string} part @param {string} drawing */
  function toggle(id, part, drawing) {
    byId(id).prepend(icon(drawing));
    byId(id).addEventListener("click", () => store.set((state) => ({ [part]: !state[part] })));
  }

  /** @param {string} name @param {string} drawing @param {string} label @param {boolean} erase */
  function modeButton(name, drawing, label, erase) {
    const onclick = () => store.set({ erase });
    const words = h("span", { class: "wide-only", text: label });
    return h("button", { type: "button", "data-mode": name, "aria-label": label, title: `${label} (E)`, onclick }, icon(drawing), words);
  }

  function show() {
    const { tool, erase, brushSize, overlay, compare, picture, adding } = store.get();
    for (const button of tools) pressed(button, button.dataset.tool === tool);
    for (const button of byId("tool-mode").children) {
      pressed(button, (button.dataset.mode === "erase") === erase);
    }
    byId("tool-mode").hidden = adding || tool === "move" || tool === "box";
    byId("brush-box").hidden = tool !== "brush";
    size.value = brushSize;
    pressed(byId("overlay-toggle"), overlay);
    pressed(byId("compare-toggle"), compare);
    byId("compare-toggle").disabled = !picture;
    byId("stage").dataset.tool = tool;
    byId("adding-hint").hidden = !adding;
  }

  for (const part of ["tool", "erase", "brushSize", "overlay", "compare", "picture", "adding"]) {
    store.watch((state) => state[part], show);
  }
  store.watch((state) => state.tool, (tool) => {
    if (tool !== "move") store.set({ overlay: true, compare: false });
  });
  show();
}

/** @param {Element} button @param {boolean} isPressed */
export const pressed = (button, isPressed) => button.setAttribute("aria-pressed", String(isPressed));
