/** Where the photo lies on the stage: zoom and pan, and from the screen's pixels to the photo's. */

const MOST_ZOOM = 16;
const MARGIN = 28;

/**
 * @typedef {object} View
 * @property {number} scale Screen pixels for one of the photo.
 * @property {number} x Left edge of the photo on the stage.
 * @property {number} y
 */

/** @param {{width: number, height: number}} photo @param {{width: number, height: number}} stage */
export function fitted(photo, stage) {
  const margin = stage.width < 700 ? 10 : MARGIN;
  const scale = Math.min(
    (stage.width - 2 * margin) / photo.width,
    (stage.height - 2 * margin) / photo.height,
    8,
  );
  return centred(photo, stage, Math.max(scale, 0.01));
}

/** @param {{width: number, height: number}} photo @param {{width: number, height: number}} stage @param {number} scale */
function centred(photo, stage, scale) {
  return {
    scale,
    x: (stage.width - photo.width * scale) / 2,
    y: (stage.height - photo.height * scale) / 2,
  };
}

/**
 * Zooms about a point of the stage, which stays where it is.
 *
 * @param {View} view
 * @param {number} factor
 * @param {{x: number, y: number}} about
 * @param {number} fit Scale at which the whole photo is seen.
 * @returns {View}
 */
export function zoomed(view, factor, about, fit) {
  const scale = Math.min(Math.max(view.scale * factor, fit * 0.5), Math.max(MOST_ZOOM, fit));
  const by = scale / view.scale;
  return { scale, x: about.x - (about.x - view.x) * by, y: about.y - (about.y - view.y) * by };
}

/** @param {View} view @param {number} dx @param {number} dy @returns {View} */
export const panned = (view, dx, dy) => ({ ...view, x: view.x + dx, y: view.y + dy });

/** @param {View} view @param {number} x @param {number} y */
export const toPhoto = (view, x, y) => [(x - view.x) / view.scale, (y - view.y) / view.scale];

/** @param {number[]} point @param {{width: number, height: number}} photo */
export const isInside = ([x, y], photo) => x >= 0 && y >= 0 && x < photo.width && y < photo.height;

/** @param {number[]} point @param {{width: number, height: number}} photo @returns {number[]} */
export const clamped = ([x, y], photo) => [
  Math.min(Math.max(x, 0), photo.width - 1),
  Math.min(Math.max(y, 0), photo.height - 1),
];
