/** What a click, box or stroke does: it mends the chosen region, or finds a new one. */

import { changeMask, findMask, invertMask, loadMask } from "./masks.js";
import { chosenRegion, makeRegion } from "./document.js";
import { announce, showError } from "./notices.js";

const REST = "The background is all that no other region has: choose another region to mend it";

/** @typedef {import("./store.js").Store<any>} Store */

/** @param {Store} store @param {import("./document.js").Editor} editor */
export function createMending(store, editor) {
  /** @type {Promise<unknown>} */
  let queue = Promise.resolve(); // one change at a time: each starts from the mask before it

  /** @param {() => Promise<void>} work */
  function inTurn(work) {
    store.set((state) => ({ busy: state.busy + 1, moment: null })); // masks are of the first frame
    const turn = queue.then(work).catch((error) => showError(error));
    queue = turn.finally(() => store.set((state) => ({ busy: state.busy - 1 })));
    return queue;
  }

  /** @returns {import("./document.js").Region | null} */
  function target() {
    const region = chosenRegion(store.get());
    if (region && region.kind !== "rest") return region;
    showError(REST);
    return null;
  }

  /** @param {number[]} point @param {boolean} erase */
  function click(point, erase) {
    const spot = point.map(Math.round);
    if (store.get().adding) return found({ clicks: [spot] }, { clicks: [spot] }, regionNumber(store));
    return inTurn(async () => {
      const region = target();
      if (!region) return;
      const clicks = erase ? region.clicks : [...region.clicks, spot];
      const notClicks = erase ? [...region.notClicks, spot] : region.notClicks;
      await mend(region, { clicks, not_clicks: notClicks }, { clicks, notClicks });
    });
  }

  /** @param {number[]} corners */
  function box(corners) {
    const asked = { box: corners.map(Math.round) };
    if (store.get().adding) return found(asked, {}, regionNumber(store));
    return inTurn(async () => {
      const region = target();
      if (region) await replace(region, asked, { clicks: [], notClicks: [] });
    });
  }

  /** @param {any} region @param {any} asked @param {any} changes */
  async function mend(region, asked, changes) {
    const base = region.base ?? region.mask;
    await replace(region, base ? { ...asked, hint: base } : asked, { ...changes, base });
  }

  /** @param {any} region @param {any} asked @param {any} changes */
  async function replace(region, asked, changes) {
    const { photo } = store.get();
    const mask = await findMask(photo.id, asked);
    await loadMask(mask, photo);
    editor.editRegion(region.key, { base: null, byHand: true, missing: false, ...changes, mask });
    announce(`${region.name} mended`);
  }

  /** @param {import("./masks.js").Stroke} stroke @param {(brush: any, full: any) => void} paint */
  const stroke = (stroke, paint) =>
    inTurn(async () => {
      const region = target();
      if (region) await byHand(region, (photo) => changeMask(photo, region.mask, paint));
    });

  const invert = () =>
    inTurn(async () => {
      const region = target();
      if (region?.mask) await byHand(region, (photo) => invertMask(photo, region.mask ?? ""));
    });

  /** @param {any} region @param {(photo: any) => Promise<string>} make */
  async function byHand(region, make) {
    const mask = await make(store.get().photo);
    editor.editRegion(region.key, { mask, base: null, byHand: true, missing: false, clicks: [], notClicks: [] });
    announce(`${region.name} changed`);
  }

  /** @param {any} asked @param {any} said @param {string} name */
  const found = (asked, said, name) =>
    inTurn(async () => {
      const { photo } = store.get();
      const mask = await findMask(photo.id, asked);
      await loadMask(mask, photo);
      add({ mask, name, byHand: true, ...said });
    });

  /** @param {any} said */
  function add(said) {
    const region = makeRegion(said, store.get().work.regions);
    editor.edit("add", (work) => ({ ...work, regions: [region, ...work.regions] }));
    store.set({ chosen: region.key, adding: false, overlay: true });
    announce(`${region.name} added`);
  }

  /** @param {string} words */
  const findWords = (words) => found({ words }, { words, byHand: false }, words.charAt(0).toUpperCase() + words.slice(1));

  return { click, box, stroke, invert, findWords };
}

/** @param {Store} store */
function regionNumber(store) {
  const names = new Set(store.get().work.regions.map((/** @type {any} */ region) => region.name));
  let number = 1;
  while (names.has(`Region ${number}`)) number += 1;
  return `Region ${number}`;
}

/** @typedef {ReturnType<typeof createMending>} Mending */
