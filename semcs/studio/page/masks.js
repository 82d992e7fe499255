/**
 * Masks as canvases whose alpha is the mask, and what is drawn of them: tints and outlines.
 *
 * A mask's id always stands for the same pixels, so that all of this is kept by id.
 */

import { ask, askJson, askPicture } from "./api.js";

const SIDE = 1280; // longest side that overlays are drawn at
const MOST_KEPT = 40;
const DRAWN = 110; // alpha from which a pixel counts as inside where outlines are drawn

/** @typedef {{width: number, height: number}} Size */

/** @type {Map<string, Promise<HTMLCanvasElement>>} */
const kept = new Map();
/** @type {Map<string, HTMLCanvasElement>} */
const ready = new Map();

/** Masks as they were sent, drawn by hand. @type {Map<string, Blob>} */
const drawn = new Map();

/** @param {number} width @param {number} height */
export function canvasOf(width, height) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width));
  canvas.height = Math.max(1, Math.round(height));
  return canvas;
}

/** @param {HTMLCanvasElement} canvas */
export const brushOf = (canvas) =>
  /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));

/** @param {Size} size @returns {Size} */
export function overlaySize({ width, height }) {
  const scale = SIDE / Math.max(width, height); // small photos too, so that lines are fine
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

/**
 * @param {string} id
 * @param {Size} photo
 * @returns {Promise<HTMLCanvasElement>}
 */
export function loadMask(id, photo) {
  const known = kept.get(id);
  if (known) return known;
  const loading = askPicture(`/masks/${id}?side=${SIDE}`).then((bitmap) => {
    const { width, height } = overlaySize(photo);
    return keepMask(id, alphaOf(bitmap, width, height));
  });
  loading.catch(() => kept.delete(id));
  kept.set(id, loading);
  return loading;
}

/** @param {string | null} id The mask where it is loaded already. */
export const loadedMask = (id) => (id ? ready.get(id) : undefined);

/** @param {string} id @param {HTMLCanvasElement} mask */
function keepMask(id, mask) {
  kept.set(id, Promise.resolve(mask));
  ready.set(id, mask);
  for (const old of [...ready.keys()].slice(0, -MOST_KEPT)) {
    ready.delete(old);
    kept.delete(old);
  }
  return mask;
}

/** @param {CanvasImageSource} grey @param {number} width @param {number} height */
function alphaOf(grey, width, height) {
  const canvas = canvasOf(width, height);
  const brush = brushOf(canvas);
  brush.drawImage(grey, 0, 0, canvas.width, canvas.height);
  const pixels = brush.getImageData(0, 0, canvas.width, canvas.height);
  const { data } = pixels;
  for (let at = 0; at < data.length; at += 4) {
    data[at + 3] = data[at];
    data[at] = data[at + 1] = data[at + 2] = 255;
  }
  brush.putImageData(pixels, 0, 0);
  return canvas;
}

/**
 * What no other mask has.
 *
 * @param {HTMLCanvasElement[]} masks
 * @param {Size} photo
 */
export function restOf(masks, photo) {
  const { width, height } = overlaySize(photo);
  const canvas = canvasOf(width, height);
  const brush = brushOf(canvas);
  brush.fillStyle = "#fff";
  brush.fillRect(0, 0, width, height);
  brush.globalCompositeOperation = "destination-out";
  for (const mask of masks) brush.drawImage(mask, 0, 0, width, height);
  return canvas;
}

/** @param {HTMLCanvasElement} mask @param {string} color */
export function tintOf(mask, color) {
  const canvas = canvasOf(mask.width, mask.height);
  const brush = brushOf(canvas);
  brush.drawImage(mask, 0, 0);
  brush.globalCompositeOperation = "source-in";
  brush.fillStyle = color;
  brush.fillRect(0, 0, canvas.width, canvas.height);
  return canvas;
}

/**
 * A fine line along the mask's edge: coloured, with a light one inside so that it shows on any photo.
 *
 * @param {HTMLCanvasElement} mask
 * @param {string} color
 */
export function outlineOf(mask, color) {
  const hard = hardened(mask);
  const wide = Math.max(1, Math.round(Math.max(mask.width, mask.height) / 560));
  const line = tintOf(grown(hard, wide), color);
  const brush = brushOf(line);
  brush.globalCompositeOperation = "destination-out";
  brush.drawImage(hard, 0, 0);
  return line;
}

/** @param {HTMLCanvasElement} mask */
function hardened(mask) {
  const canvas = canvasOf(mask.width, mask.height);
  const brush = brushOf(canvas);
  const pixels = brushOf(mask).getImageData(0, 0, mask.width, mask.height);
  const { data } = pixels;
  for (let at = 3; at < data.length; at += 4) data[at] = data[at] > DRAWN ? 255 : 0;
  brush.putImageData(pixels, 0, 0);
  return canvas;
}

/** @param {HTMLCanvasElement} mask @param {number} by */
function grown(mask, by) {
  const canvas = canvasOf(mask.width, mask.height);
  const brush = brushOf(canvas);
  for (let step = 0; step < 12; step += 1) {
    const angle = (step / 12) * 2 * Math.PI;
    brush.drawImage(mask, Math.cos(angle) * by, Math.sin(angle) * by);
  }
  return canvas;
}

/**
 * @typedef {object} Stroke
 * @property {number[][]} points In pixels of the photo.
 * @property {number} width In pixels of the photo.
 * @property {boolean} erase
 */

/**
 * @param {CanvasRenderingContext2D} brush
 * @param {Stroke} stroke
 * @param {number} scale Pixels of the canvas for one of the photo.
 */
export function paintStroke(brush, stroke, scale) {
  brush.save();
  brush.globalCompositeOperation = stroke.erase ? "destination-out" : "source-over";
  brush.strokeStyle = brush.fillStyle = "#fff";
  brush.lineWidth = stroke.width * scale;
  brush.lineCap = brush.lineJoin = "round";
  brush.beginPath();
  const [first, ...others] = stroke.points.map(([x, y]) => [x * scale, y * scale]);
  brush.moveTo(first[0], first[1]);
  brush.lineTo(first[0] + 0.01, first[1]);
  for (const [x, y] of others) brush.lineTo(x, y);
  brush.stroke();
  brush.restore();
}

/**
 * Sends a mask that was changed by hand, at the photo's full size.
 *
 * @param {{id: string} & Size} photo
 * @param {string | null} id Of the mask it was made from; null is an empty one.
 * @param {(brush: CanvasRenderingContext2D, full: HTMLCanvasElement) => void} change
 * @returns {Promise<string>} Its id.
 */
export async function changeMask(photo, id, change) {
  const full = id
    ? alphaOf(await askPicture(`/masks/${id}`), photo.width, photo.height)
    : canvasOf(photo.width, photo.height);
  change(brushOf(full), full);
  const made = await sendMask(photo, full);
  const { width, height } = overlaySize(photo);
  const small = canvasOf(width, height);
  brushOf(small).drawImage(full, 0, 0, width, height);
  keepMask(made, small);
  return made;
}

/** @param {{id: string} & Size} photo @param {HTMLCanvasElement} full Its alpha is the mask, at any size. */
async function sendMask(photo, full) {
  const sent = canvasOf(photo.width, photo.height);
  const brush = brushOf(sent);
  brush.fillStyle = "#000";
  brush.fillRect(0, 0, sent.width, sent.height);
  brush.drawImage(full, 0, 0, sent.width, sent.height);
  return putMask(photo.id, await new Promise((done) => sent.toBlob(done, "image/png")));
}

/** @param {string} photoId @param {Blob} body @returns {Promise<string>} Its id. */
async function putMask(photoId, body) {
  const { id } = await askJson(`/photos/${photoId}/mask`, { method: "PUT", body });
  drawn.set(id, body);
  return id;
}

/**
 * The same mask on another photo of its size.
 *
 * @param {string} id
 * @param {{id: string}} photo
 * @returns {Promise<string>} Its id there.
 */
export const copyMask = async (id, photo) => putMask(photo.id, await (await ask(`/masks/${id}`)).blob());

/**
 * A mask that the server has lost, as far as this tab has it.
 *
 * @param {string} id
 * @param {{id: string} & Size} photo Sent once more.
 * @returns {Promise<string | null>} Its new id; null where the mask isn't at hand.
 */
export async function sendAgain(id, photo) {
  const body = drawn.get(id);
  const canvas = ready.get(id);
  if (!body && !canvas) return null;
  const made = body ? await putMask(photo.id, body) : await sendMask(photo, /** @type {HTMLCanvasElement} */ (canvas));
  if (canvas) keepMask(made, canvas);
  return made;
}

/** @param {{id: string} & Size} photo @param {string} id */
export const invertMask = (photo, id) =>
  changeMask(photo, id, (brush, full) => {
    brush.globalCompositeOperation = "source-out"; // white where the mask isn't
    brush.fillStyle = "#fff";
    brush.fillRect(0, 0, full.width, full.height);
  });

/** @param {string} photoId @param {Record<string, any>} asked @param {AbortSignal} [signal] */
export const findMask = async (photoId, asked, signal) =>
  (await askJson(`/photos/${photoId}/mask`, { json: asked, signal })).id;

/** Frees what belongs to the last photo. */
export function forgetMasks() {
  drawn.clear();
  kept.clear();
  ready.clear();
}
