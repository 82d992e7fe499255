/** After the server was started again: what it lost is sent once more, as far as the tab has it. */

import { askJson, onTrouble, sendFile } from "./api.js";
import { keepFile, keptFile } from "./files.js";
import { findMask, loadedMask, sendAgain as sendMaskAgain } from "./masks.js";
import { clearError, showError, showNotice } from "./notices.js";
import { askedFor } from "./places.js";
import { FORGOTTEN } from "./session.js";

const ASK_EVERY = 1500; // milliseconds while the server doesn't answer

/** @typedef {Map<string, string>} Renamed New ids by the old ones. */

/** @param {import("./store.js").Store<any>} store @param {() => void} again Paints once more. */
export function createRecovery(store, again) {
  let isBusy = false;
  let timer = 0;

  /** Asks until the server answers again. */
  function wait() {
    if (timer) return;
    timer = window.setInterval(async () => {
      const answers = await askJson("/about", { quiet: true }).then(() => true, (error) => error.status > 0);
      if (!answers || !timer) return;
      clearInterval(timer);
      timer = 0;
      check(true);
    }, ASK_EVERY);
  }

  /** @param {boolean} [wasGone] */
  async function check(wasGone = false) {
    const { photo, isLost } = store.get();
    if (isBusy || isLost || !photo) return wasGone && !photo ? clearError() : undefined;
    isBusy = true;
    try {
      const state = await askJson("/pages/state", { quiet: true });
      const there = new Set(state.photos.map((/** @type {any} */ one) => one.id));
      if (!there.has(photo.id)) await restore();
      else if (wasGone) (clearError(), again());
    } catch (error) {
      showError(error);
    } finally {
      isBusy = false;
    }
  }

  async function restore() {
    const before = store.get();
    const held = before.video ? keptFile(before.video.id) : keptFile(before.photo.id);
    if (!held) {
      store.set({ isLost: true, refining: null });
      return showError(FORGOTTEN);
    }
    store.set({ opening: "Sending the photo again …", refining: null, preview: null, clip: null, moment: null });
    try {
      const sent = await sendAll(before);
      store.set(renamedState(before, sent));
      showNotice(wordsOf(before, sent.photos.length));
      again();
    } finally {
      store.set({ opening: false });
    }
  }

  onTrouble({ gone: wait, lost: () => void check() });
}

/** @param {any} before */
async function sendAll(before) {
  /** @type {Renamed} */
  const ids = new Map();
  const photos = [];
  let { video } = before;
  if (video) {
    video = await sendAgain("/videos", before.video.id, ids);
    ids.set(before.photo.id, video.photo.id);
    photos.push(video.photo);
  }
  for (const { id } of video ? [] : before.photos) {
    if (keptFile(id)) photos.push(await sendAgain("/photos", id, ids));
  }
  for (const id of Object.keys(before.stylePictures)) {
    if (keptFile(id)) await sendAgain(`/photos/${photos[0].id}/styles`, id, ids);
  }
  const photoOf = new Map(photos.map((photo) => [photo.id, photo]));
  const works = [[before.photo.id, [before.work, ...before.past, ...before.future]], ...Object.entries(before.shelves).map(([id, shelf]) => [id, [shelf.work, ...shelf.past]])];
  for (const [id, all] of works) {
    const photo = photoOf.get(ids.get(id));
    for (const work of photo ? all : []) await sendMasks(work, photo, ids);
  }
  return { ids, photos, video };
}

/** @param {string} path @param {string} id @param {Renamed} ids */
async function sendAgain(path, id, ids) {
  const file = /** @type {File} */ (keptFile(id));
  const made = await sendFile(path, file);
  keepFile(made.id, file);
  ids.set(id, made.id);
  return made;
}

/** @param {import("./document.js").Work} work @param {any} photo @param {Renamed} ids */
async function sendMasks(work, photo, ids) {
  for (const region of work.regions) {
    for (const id of [region.mask, region.base]) {
      if (!id || ids.has(id)) continue;
      const isFound = !region.byHand && !loadedMask(id);
      const made = isFound ? await findMask(photo.id, askedFor(region)) : await sendMaskAgain(id, photo);
      if (made) ids.set(id, made);
    }
  }
}

/** All that the tab knows, by the new ids; what they don't reach is left out. @param {any} before @param {any} sent */
function renamedState(before, { ids, photos, video }) {
  /** @template T @param {T} value @returns {T} */
  const renamed = (value) => {
    let text = JSON.stringify(value);
    for (const [old, made] of ids) text = text.replaceAll(old, made);
    return JSON.parse(text);
  };
  const isWhole = (/** @type {any} */ work) => work.regions.every((/** @type {any} */ one) => (!one.mask || ids.has(one.mask)) && (!one.picture || ids.has(one.picture.id)));
  const work = { ...before.work, regions: before.work.regions.map((/** @type {any} */ region) => mended(region, ids)) };
  const history = before.history.filter((/** @type {any} */ entry) => !entry.result && ids.has(entry.photo) && isWhole(entry.work));
  const shelves = Object.fromEntries(Object.entries(before.shelves).filter(([id]) => ids.has(id)).map(([id, shelf]) => [id, { work: shelf.work, past: shelf.past.filter(isWhole) }]));
  const thumbnails = Object.fromEntries(Object.entries(before.thumbnails).map(([id, canvas]) => [ids.get(id) ?? id, canvas]));
  const { width, height, name } = before.photo;
  return {
    photo: { id: ids.get(before.photo.id), width, height, name },
    photos: video ? [] : photos,
    video, thumbnails, batch: null,
    work: renamed(work),
    past: renamed(before.past.filter(isWhole)),
    future: renamed(before.future.filter(isWhole)),
    shelves: renamed(shelves),
    history: renamed(history),
    stylePictures: renamed(before.stylePictures),
  };
}

/** @param {any} region @param {Renamed} ids */
function mended(region, ids) {
  const place = { mask: ids.has(region.mask) ? region.mask : null, base: ids.has(region.base) ? region.base : null };
  return { ...region, ...place, picture: region.picture && ids.has(region.picture.id) ? region.picture : null };
}

/** @param {any} before @param {number} count */
function wordsOf({ history, photos, video }, count) {
  const gone = history.filter((/** @type {any} */ entry) => entry.result).length;
  const back = video ? "your video, its regions" : photos.length > 1 ? `${count} of ${photos.length} photos, their regions` : "your photo, its regions";
  const lost = gone ? ` Gone ${gone === 1 ? "is 1 picture or clip" : `are ${gone} pictures or clips`} that took longer.` : "";
  return `The studio's server was started again: ${back} and styles are back.${lost}`;
}
