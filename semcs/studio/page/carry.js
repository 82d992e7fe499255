/** From one photo to the next: the look goes along, and each photo has its own masks. */

import { carriesOver } from "./requests.js";

/** @typedef {import("./document.js").Region} Region */
/** @typedef {import("./document.js").Work} Work */

/** Where a region is, as far as no photo says. */
const NOWHERE = { mask: null, base: null, clicks: [], notClicks: [], byHand: false, missing: false };

/** Whether a region belongs to one photo: it was clicked or drawn, and no word names it. @param {Region} region */
export const isOfOnePhoto = (region) => !carriesOver(region);

/**
 * The work on one photo for another: its regions and styles, in the places of the other.
 *
 * @param {Work} work
 * @param {Work} [own] What the other photo had before.
 * @returns {Work}
 */
export function carried(work, own) {
  const before = new Map((own?.regions ?? []).map((region) => [region.key, region]));
  const shared = work.regions
    .filter((region) => before.has(region.key) || carriesOver(region))
    .map((region) => ({ ...region, ...placeOf(before.get(region.key)) }));
  const keys = new Set(shared.map((region) => region.key));
  const alone = [...before.values()].filter((region) => isOfOnePhoto(region) && !keys.has(region.key));
  return { ...work, regions: [...alone, ...shared] };
}

/** @param {Region | undefined} region */
function placeOf(region) {
  if (!region) return NOWHERE;
  const { mask, base, clicks, notClicks, byHand, missing } = region;
  return { mask, base, clicks, notClicks, byHand, missing };
}
