/** What the server is asked for: the picture of a photo, a clip, or the same look on many photos. */

import { DEFAULTS, isStyled } from "./document.js";

/** What the server calls the numbers of a region. @type {Record<string, string>} */
const CONTROLS = { strength: "strength", detail: "detail", keepColor: "keep_color", scale: "scale" };

/** @typedef {import("./document.js").Region} Region */
/** @typedef {import("./document.js").Work} Work */

/**
 * The request that makes the picture, or null where no region has a style or a mask is to come.
 *
 * @param {any} state With `photo`, `work` and `moment`, where another moment of a video is looked at.
 * @returns {Record<string, any> | null}
 */
export function requestOf({ photo, work, moment }) {
  const regions = photo && regionsOf(work, moment?.masks ?? {});
  return regions ? { photo: moment?.photo.id ?? photo.id, regions, seed: work.seed } : null;
}

/**
 * @param {any} state
 * @param {Record<string, string>} [masks] Of the frame that the clip begins with, by those of the first.
 * @returns {Record<string, any> | null}
 */
export function videoRequestOf({ video, work, range }, masks = {}) {
  const regions = video && regionsOf(work, masks);
  if (!regions) return null;
  /** @type {Record<string, any>} */
  const asked = { kind: "video", video: video.id, regions, seed: work.seed };
  if (range.from > 0) asked.start = range.from;
  if (range.to !== null) asked.stop = range.to;
  return asked;
}

/** @param {Work} work @param {Record<string, string>} instead Masks of another frame, by the first's. */
function regionsOf(work, instead) {
  const present = work.regions.filter((region) => !region.missing);
  if (!present.some(isStyled)) return null;
  if (present.some((region) => region.kind !== "rest" && !region.mask)) return null;
  return present
    .filter((region) => isStyled(region) || region.kind !== "rest")
    .map((region) => {
      const mask = region.mask ?? "";
      return regionRequest(region, region.kind === "rest" ? { rest: true } : { mask: instead[mask] ?? mask });
    });
}

/** Whether other photos have this region, too. @param {Region} region */
export const carriesOver = (region) => region.kind !== "found" || Boolean(region.words);

/**
 * The same look on many photos: of each, the foreground is found, and what words name.
 *
 * @param {any} state
 * @returns {Record<string, any> | null}
 */
export function folderRequestOf({ photos, work }) {
  const shared = work.regions.filter(carriesOver);
  if (photos.length < 2 || !shared.some(isStyled)) return null;
  /** @type {Record<string, any>} */
  const asked = { kind: "folder", photos: photos.map((/** @type {any} */ photo) => photo.id), seed: work.seed };
  return { ...asked, ...(sidesOf(shared) ?? { regions: shared.map((/** @type {Region} */ region) => regionRequest(region, placeOf(region))) }) };
}

/** @param {Region} region */
function placeOf(region) {
  if (region.kind === "rest") return { rest: true };
  return region.kind === "foreground" ? { foreground: true } : { words: region.words };
}

/** The short form, where there are two sides alone that share their numbers. @param {Region[]} regions */
function sidesOf(regions) {
  const kinds = regions.map((region) => region.kind);
  if (kinds.includes("found") || !kinds.includes("foreground")) return null;
  const styled = regions.filter(isStyled).map((region) => ({ side: region.kind === "rest" ? "bg" : "fg", ...stylingOf(region) }));
  const numbers = styled.map(({ side, style, ...others }) => JSON.stringify(others));
  if (new Set(numbers).size > 1) return null;
  return { ...Object.fromEntries(styled.map(({ side, style }) => [side, style])), ...JSON.parse(numbers[0]) };
}

/** @param {Region} region @param {Record<string, any>} place */
const regionRequest = (region, place) => ({
  ...place,
  name: region.name,
  style: null,
  ...(isStyled(region) ? stylingOf(region) : {}),
});

/** @param {any} region @returns {Record<string, any>} */
function stylingOf(region) {
  /** @type {Record<string, any>} */
  const asked = { style: region.picture ? { picture: region.picture.id } : region.style.trim() };
  for (const [part, name] of Object.entries(CONTROLS)) {
    if (region[part] !== DEFAULTS[part]) asked[name] = region[part];
  }
  if (region.avoid.trim()) asked.avoid = region.avoid.trim();
  return asked;
}
