/** The picture in the middle: one canvas that shows photo, picture, regions and tools. */

import { byId } from "./dom.js";
import { createOverlays } from "./overlays.js";
import { fitted, panned, toPhoto, zoomed } from "./view.js";

/** @param {import("./store.js").Store<any>} store */
export function createStage(store) {
  const canvas = /** @type {HTMLCanvasElement} */ (byId("stage-canvas"));
  const place = byId("stage");
  const brush = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const size = { width: 1, height: 1 };
  /** @type {import("./view.js").View} */
  let view = { scale: 1, x: 0, y: 0 };
  let isFitted = true;
  let asked = 0;
  /** @type {{box?: number[], cursor?: number[], strokeWidth?: number, mask?: HTMLCanvasElement, clicks?: boolean}} */
  let tool = {};

  const overlays = createOverlays(() => redraw());

  function redraw() {
    if (!asked) asked = requestAnimationFrame(draw);
  }

  function resize() {
    const box = place.getBoundingClientRect();
    const dense = window.devicePixelRatio || 1;
    [size.width, size.height] = [box.width, box.height];
    canvas.width = Math.round(box.width * dense);
    canvas.height = Math.round(box.height * dense);
    if (isFitted) fit();
    redraw();
  }

  function fit() {
    isFitted = true;
    const { photo } = store.get();
    if (photo && size.width > 1) show(fitted(photo, size));
  }

  /** @param {import("./view.js").View} next */
  function show(next) {
    view = next;
    byId("zoom-value").textContent = `${Math.round(view.scale * 100)} %`;
    redraw();
    place.dispatchEvent(new CustomEvent("viewchange"));
  }

  /** @param {number} factor @param {{x: number, y: number}} [about] */
  function zoom(factor, about = { x: size.width / 2, y: size.height / 2 }) {
    isFitted = false;
    show(zoomed(view, factor, about, fitted(store.get().photo, size).scale));
  }

  /** @param {number} dx @param {number} dy */
  function pan(dx, dy) {
    isFitted = false;
    show(panned(view, dx, dy));
  }

  function draw() {
    asked = 0;
    const dense = canvas.width / size.width;
    const state = store.get();
    brush.setTransform(1, 0, 0, 1, 0, 0);
    brush.clearRect(0, 0, canvas.width, canvas.height);
    if (!state.photo || !state.photoBitmap) return;
    const scale = view.scale * dense;
    brush.setTransform(scale, 0, 0, scale, view.x * dense, view.y * dense);
    brush.imageSmoothingEnabled = view.scale < 4;
    brush.imageSmoothingQuality = "high";
    drawPictures(state);
    if (state.overlay && !state.compare) overlays.draw(brush, state, tool.mask ?? null);
    drawTool(state, 1 / view.scale);
  }

  /** @param {any} state */
  function drawPictures(state) {
    const { width, height } = state.photo;
    const shown = state.preview ?? state.picture?.bitmap;
    brush.drawImage(state.moment?.bitmap ?? state.photoBitmap, 0, 0, width, height);
    if (!shown || state.peek) return;
    brush.save();
    if (state.compare) {
      brush.beginPath();
      brush.rect(width * state.split, 0, width, height);
      brush.clip();
    }
    brush.drawImage(shown, 0, 0, width, height);
    brush.restore();
  }

  /** @param {any} state @param {number} pixel One of the screen's, in the photo's. */
  function drawTool(state, pixel) {
    if (tool.box) outlined(pixel, () => brush.rect(...boxOf(/** @type {number[]} */ (tool.box))));
    const { cursor, strokeWidth } = tool;
    if (cursor && strokeWidth) {
      outlined(pixel, () => brush.arc(cursor[0], cursor[1], strokeWidth / 2, 0, 2 * Math.PI));
    } else if (cursor) {
      const arm = 12 * pixel;
      outlined(pixel, () => {
        brush.moveTo(cursor[0] - arm, cursor[1]);
        brush.lineTo(cursor[0] + arm, cursor[1]);
        brush.moveTo(cursor[0], cursor[1] - arm);
        brush.lineTo(cursor[0], cursor[1] + arm);
      });
    }
    if (tool.clicks && state.overlay) drawClicks(state, pixel);
  }

  /** @param {any} state @param {number} pixel */
  function drawClicks(state, pixel) {
    const region = state.work.regions.find((/** @type {any} */ one) => one.key === state.chosen);
    for (const [points, color] of [[region?.clicks, "#16a34a"], [region?.notClicks, "#dc2626"]]) {
      for (const [x, y] of points ?? []) {
        brush.beginPath();
        brush.arc(x, y, 5 * pixel, 0, 2 * Math.PI);
        brush.fillStyle = color;
        brush.fill();
        brush.lineWidth = 2 * pixel;
        brush.strokeStyle = "#fff";
        brush.stroke();
      }
    }
  }

  /** @param {number} pixel @param {() => void} path */
  function outlined(pixel, path) {
    brush.beginPath();
    path();
    brush.lineWidth = 3.5 * pixel;
    brush.strokeStyle = "rgb(0 0 0 / 55%)";
    brush.stroke();
    brush.lineWidth = 1.5 * pixel;
    brush.strokeStyle = "#fff";
    brush.stroke();
  }

  /** @param {typeof tool} next */
  function showTool(next) {
    tool = next;
    redraw();
  }

  new ResizeObserver(resize).observe(place);
  for (const part of ["photoBitmap", "moment", "picture", "preview", "overlay", "compare", "split", "peek", "work", "chosen"]) {
    store.watch((state) => state[part], redraw);
  }
  store.watch((state) => state.photo, fit);

  return {
    canvas,
    fit,
    zoom,
    pan,
    showTool,
    redraw,
    view: () => view,
    /** @param {{clientX: number, clientY: number}} event A pointer's place, in the photo's pixels. */
    pointAt(event) {
      const box = canvas.getBoundingClientRect();
      return toPhoto(view, event.clientX - box.left, event.clientY - box.top);
    },
  };
}

/** @param {number[]} corners @returns {[number, number, number, number]} */
const boxOf = ([x0, y0, x1, y1]) => [x0, y0, x1 - x0, y1 - y0];

/** @typedef {ReturnType<typeof createStage>} Stage */
