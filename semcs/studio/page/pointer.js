/**
 * Hands on the stage: pointers and keys become pans, zooms, clicks, boxes and strokes.
 *
 * By keyboard a crosshair stands for the pointer: arrows move it, Enter presses it.
 */

import { brushOf, canvasOf, loadedMask, overlaySize, paintStroke } from "./masks.js";
import { chosenRegion } from "./document.js";
import { announce } from "./notices.js";
import { clamped, isInside } from "./view.js";

const LEAST_BOX = 6; // screen pixels; anything smaller is a click

/**
 * @param {import("./store.js").Store<any>} store
 * @param {import("./stage.js").Stage} stage
 * @param {import("./mending.js").Mending} mending
 */
export function createPointer(store, stage, mending) {
  const { canvas } = stage;
  /** @type {Map<number, {x: number, y: number}>} */
  const touching = new Map();
  /** @type {{kind: string, start: number[], points: number[][], erase: boolean, mask?: HTMLCanvasElement} | null} */
  let held = null;
  /** @type {number[] | null} */
  let crosshair = null;
  let spaceHeld = false;
  let gestureScale = 1;

  const tool = () => (spaceHeld ? "move" : store.get().tool);
  const strokeWidth = () => store.get().brushSize / stage.view().scale;

  /** @param {PointerEvent} event */
  function down(event) {
    if (!store.get().photo) return;
    canvas.setPointerCapture(event.pointerId);
    touching.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (touching.size > 1) return void drop();
    const point = stage.pointAt(event);
    const erase = event.altKey || event.button === 2 || store.get().erase;
    const pans = tool() === "move" || event.button === 1;
    begin(pans ? "move" : tool(), point, erase);
  }

  /** @param {string} kind @param {number[]} point @param {boolean} erase */
  function begin(kind, point, erase) {
    crosshair = null;
    held = { kind, start: point, points: [point], erase };
    if (kind === "brush") {
      held.mask = copyOfMask();
      extend(point);
    }
  }

  /** The stage shows the stroke on a copy until the server has the new mask. */
  function copyOfMask() {
    const { width, height } = overlaySize(store.get().photo);
    const copy = canvasOf(width, height);
    const mask = loadedMask(chosenRegion(store.get())?.mask ?? null);
    if (mask) brushOf(copy).drawImage(mask, 0, 0);
    store.set({ overlay: true });
    return copy;
  }

  /** @param {number[]} point */
  function extend(point) {
    if (!held?.mask) return;
    const { photo } = store.get();
    const last = held.points[held.points.length - 1];
    held.points.push(point);
    const part = { points: [last, point], width: strokeWidth(), erase: held.erase };
    paintStroke(brushOf(held.mask), part, held.mask.width / photo.width);
    stage.showTool({ mask: held.mask, cursor: point, strokeWidth: strokeWidth() });
  }

  /** @param {PointerEvent} event */
  function move(event) {
    const before = touching.get(event.pointerId);
    if (before) touching.set(event.pointerId, { x: event.clientX, y: event.clientY });
    const point = stage.pointAt(event);
    if (before && touching.size === 2) return pinch(event, before);
    if (!held) return hover(point);
    if (held.kind === "move" && before) stage.pan(event.clientX - before.x, event.clientY - before.y);
    if (held.kind === "brush") extend(point);
    if (held.kind === "box") stage.showTool({ box: [...held.start, ...point] });
  }

  /** @param {number[]} point */
  function hover(point) {
    if (tool() === "brush") stage.showTool({ cursor: point, strokeWidth: strokeWidth() });
    else stage.showTool({ clicks: tool() === "click" });
  }

  /** @param {PointerEvent} event @param {{x: number, y: number}} before */
  function pinch(event, before) {
    const other = [...touching].find(([id]) => id !== event.pointerId)?.[1];
    if (!other) return;
    const box = canvas.getBoundingClientRect();
    const now = { x: event.clientX, y: event.clientY };
    const apart = Math.hypot(now.x - other.x, now.y - other.y);
    const was = Math.max(1, Math.hypot(before.x - other.x, before.y - other.y));
    const middle = { x: (now.x + other.x) / 2 - box.left, y: (now.y + other.y) / 2 - box.top };
    stage.pan((now.x - before.x) / 2, (now.y - before.y) / 2);
    stage.zoom(apart / was, middle);
  }

  /** @param {PointerEvent} event */
  function up(event) {
    touching.delete(event.pointerId);
    if (held) finish(stage.pointAt(event));
  }

  function drop() {
    held = null;
    stage.showTool({});
  }

  /** @param {number[]} end */
  function finish(end) {
    const { kind, start, points, erase, mask } = /** @type {NonNullable<typeof held>} */ (held);
    const { photo } = store.get();
    held = null;
    if (kind === "click" && isInside(end, photo)) mending.click(end, erase);
    if (kind === "box") finishBox(start, end, erase);
    if (kind !== "brush") return stage.showTool({ clicks: tool() === "click" });
    const width = strokeWidth();
    const stroke = { points, width, erase };
    mending
      .stroke(stroke, (brush, full) => paintStroke(brush, stroke, full.width / photo.width))
      .then(() => held ?? stage.showTool({}));
    stage.showTool({ mask });
  }

  /** @param {number[]} start @param {number[]} end @param {boolean} erase */
  function finishBox(start, end, erase) {
    const { photo } = store.get();
    const [from, to] = [clamped(start, photo), clamped(end, photo)];
    const corners = [0, 1].map((axis) => [from[axis], to[axis]].sort((a, b) => a - b));
    const [[x0, x1], [y0, y1]] = corners;
    const least = LEAST_BOX / stage.view().scale;
    if (x1 - x0 >= least && y1 - y0 >= least) mending.box([x0, y0, x1, y1]);
    else if (isInside(end, photo)) mending.click(end, erase);
  }

  /** @param {WheelEvent} event */
  function wheel(event) {
    if (!store.get().photo) return;
    event.preventDefault();
    const box = canvas.getBoundingClientRect();
    const about = { x: event.clientX - box.left, y: event.clientY - box.top };
    const lines = event.deltaMode === 1 ? 16 : 1;
    stage.zoom(Math.exp(-event.deltaY * lines * (event.ctrlKey ? 0.01 : 0.0016)), about);
  }

  /**
   * Safari on a Mac tells of two fingers on the trackpad by events of its own, elsewhere they are a
   * wheel with Ctrl. On a touch screen it sends both these and pointers: `pinch` follows those.
   *
   * @param {any} event With `scale` since the fingers came down.
   */
  function gesture(event) {
    if (!store.get().photo) return;
    event.preventDefault(); // the whole page would be zoomed
    const factor = event.scale / gestureScale;
    gestureScale = event.scale;
    if (event.type === "gesturestart" || touching.size) return;
    const box = canvas.getBoundingClientRect();
    stage.zoom(factor, { x: event.clientX - box.left, y: event.clientY - box.top });
  }

  const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  /** @param {KeyboardEvent} event */
  function key(event) {
    if (!store.get().photo || event.ctrlKey || event.metaKey) return;
    const step = STEPS[/** @type {keyof typeof STEPS} */ (event.key)];
    if (step) moveByKey(step, event.shiftKey ? 40 : 8);
    else if (event.key === "Enter") press(event.altKey);
    else return;
    event.preventDefault();
  }

  /** @param {number[]} step @param {number} by Screen pixels. */
  function moveByKey([dx, dy], by) {
    if (tool() === "move") return stage.pan(-dx * by * 4, -dy * by * 4);
    const { photo } = store.get();
    const from = crosshair ?? [photo.width / 2, photo.height / 2];
    const far = by / stage.view().scale;
    crosshair = clamped([from[0] + dx * far, from[1] + dy * far], photo);
    if (held?.kind === "box") stage.showTool({ box: [...held.start, ...crosshair] });
    else stage.showTool({ cursor: crosshair, strokeWidth: tool() === "brush" ? strokeWidth() : 0 });
  }

  /** @param {boolean} erase */
  function press(erase) {
    const { photo, tool: kind, erase: erases } = store.get();
    if (kind === "move") return;
    const point = crosshair ?? [photo.width / 2, photo.height / 2];
    if (kind === "box" && held) return finish(point);
    begin(kind, point, erase || erases);
    crosshair = point;
    if (kind === "box") announce("First corner set: move to the other and press Enter");
    else finish(point);
  }

  /** @param {KeyboardEvent} event */
  function holdSpace(event) {
    if (event.key !== " " || ![document.body, canvas].includes(/** @type {any} */ (event.target))) return;
    event.preventDefault();
    spaceHeld = true;
  }

  window.addEventListener("keydown", holdSpace);
  canvas.addEventListener("pointerdown", down);
  canvas.addEventListener("pointermove", move);
  canvas.addEventListener("pointerup", up);
  canvas.addEventListener("pointercancel", (event) => (touching.delete(event.pointerId), drop()));
  canvas.addEventListener("pointerleave", () => held ?? stage.showTool({ clicks: tool() === "click" }));
  canvas.addEventListener("contextmenu", (event) => event.preventDefault());
  canvas.addEventListener("wheel", wheel, { passive: false });
  for (const type of ["gesturestart", "gesturechange"]) canvas.addEventListener(type, gesture);
  canvas.addEventListener("keydown", key);
  window.addEventListener("keyup", (event) => event.key === " " && (spaceHeld = false));
  window.addEventListener("blur", () => (spaceHeld = false));
  store.watch((state) => state.tool, drop);
  store.watch((state) => state.chosen, () => held ?? stage.showTool({ clicks: tool() === "click" }));
}
