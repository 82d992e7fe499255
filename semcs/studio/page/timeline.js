/** The timeline under a video: the moment that is shown, and from where to where it is styled. */

import { askJson, askPicture } from "./api.js";
import { byId, cover, icon } from "./dom.js";
import { showError } from "./notices.js";
import { secondsOf, timeOf } from "./times.js";

const FRAMES = 7; // of the strip; the server keeps eight of a video
const STEP = 0.1; // seconds that an arrow key moves a handle

/**
 * @param {import("./store.js").Store<any>} store
 * @param {(at: number) => void} showMoment
 */
export function createTimeline(store, showMoment) {
  const track = byId("track");
  const handles = { from: byId("from-handle"), to: byId("to-handle"), moment: byId("moment-handle") };
  const fields = { from: byId("clip-from"), to: byId("clip-to") };
  let strip = 0;

  const lengthOf = () => secondsIn(store.get().video);
  const frameTime = () => 1 / (store.get().video?.rate ?? 25);

  /** @param {string} which @param {number} seconds */
  function move(which, seconds) {
    const { range } = store.get();
    const length = lengthOf() ?? Infinity;
    const least = Math.max(frameTime(), STEP);
    if (which === "moment") showMoment(rounded(within(seconds, 0, Math.max(0, length - frameTime()))));
    else if (which === "from") {
      const from = rounded(within(seconds, 0, (range.to ?? length) - least));
      store.set({ range: { ...range, from } });
      if (lengthOf()) showMoment(from); // what the clip begins with
    }
    if (which === "to") store.set({ range: { ...range, to: seconds >= length ? null : rounded(Math.max(seconds, range.from + least)) } });
  }

  /** @param {string} which */
  function placeOf(which) {
    const { range, at } = store.get();
    const length = lengthOf() ?? 0;
    return which === "moment" ? at : which === "from" ? range.from : (range.to ?? length);
  }

  /** @param {PointerEvent} event */
  function secondsAt(event) {
    const box = track.getBoundingClientRect();
    return ((event.clientX - box.left) / box.width) * (lengthOf() ?? 0);
  }

  /** @param {HTMLElement} handle @param {string} which */
  function letMove(handle, which) {
    handle.addEventListener("pointerdown", (event) => {
      handle.setPointerCapture(event.pointerId);
      handle.focus();
      event.stopPropagation();
    });
    handle.addEventListener("pointermove", (event) => {
      if (handle.hasPointerCapture(event.pointerId)) move(which, secondsAt(event));
    });
    handle.addEventListener("keydown", (event) => {
      const now = placeOf(which);
      const by = event.shiftKey ? 1 : STEP;
      /** @type {Record<string, number>} */
      const next = { ArrowLeft: now - by, ArrowDown: now - by, ArrowRight: now + by, ArrowUp: now + by, Home: 0, End: lengthOf() ?? 0 };
      if (!(event.key in next)) return;
      event.preventDefault();
      event.stopPropagation();
      move(which, next[event.key]);
    });
  }

  /** @param {"from" | "to"} which */
  function take(which) {
    const seconds = secondsOf(fields[which].value);
    if (which === "to" && !fields.to.value.trim()) store.set((state) => ({ range: { ...state.range, to: null } }));
    else if (seconds === null) showError(`“${fields[which].value}” is no time: write seconds, or minutes:seconds, such as 1:05.5`);
    else move(which, seconds);
    show();
  }

  function show() {
    const { video, range, at } = store.get();
    if (!video) return;
    const length = lengthOf();
    track.hidden = byId("moment-time").hidden = byId("first-frame").hidden = !length;
    byId("first-frame").disabled = at === 0;
    fields.from.value = timeOf(range.from);
    fields.to.value = timeOf(range.to ?? length);
    byId("moment-time").textContent = timeOf(at);
    if (!length) return;
    for (const [which, handle] of Object.entries(handles)) {
      const seconds = placeOf(which);
      handle.style.setProperty("left", `${(seconds / length) * 100}%`);
      handle.setAttribute("aria-valuemin", "0");
      handle.setAttribute("aria-valuemax", length.toFixed(1));
      handle.setAttribute("aria-valuenow", seconds.toFixed(1));
      handle.setAttribute("aria-valuetext", timeOf(seconds));
    }
    track.style.setProperty("--from", `${(range.from / length) * 100}%`);
    track.style.setProperty("--to", `${((range.to ?? length) / length) * 100}%`);
  }

  /** Frames behind the handles, fetched one by one once nothing else is waited for. */
  async function loadStrip() {
    const mine = (strip += 1);
    const canvas = byId("strip");
    const brush = canvas.getContext("2d");
    canvas.width = FRAMES * 96;
    canvas.height = 64;
    const { video } = store.get();
    const length = lengthOf();
    if (!video || !length) return;
    for (let index = 0; index < FRAMES; index += 1) {
      await untilIdle();
      if (mine !== strip) return;
      const at = index === 0 ? 0 : (length * (index + 0.5)) / FRAMES;
      const photo = at ? await askJson(`/videos/${video.id}/frames`, { json: { at } }) : video.photo;
      const cell = new OffscreenCanvas(96, 64);
      cover(/** @type {any} */ (cell), await askPicture(`/photos/${photo.id}?side=128`));
      if (mine !== strip) return;
      brush.drawImage(cell, index * 96, 0);
    }
  }

  const untilIdle = () =>
    new Promise((done) => {
      const check = () => {
        const { busy, following, opening, refining } = store.get();
        if (busy || following || opening || refining) setTimeout(check, 150);
        else done(undefined);
      };
      check();
    });

  for (const [which, handle] of Object.entries(handles)) letMove(handle, which);
  for (const which of /** @type {const} */ (["from", "to"])) fields[which].addEventListener("change", () => take(which));
  track.addEventListener("pointerdown", (/** @type {PointerEvent} */ event) => {
    move("moment", secondsAt(event));
    handles.moment.setPointerCapture(event.pointerId);
    handles.moment.focus();
    event.preventDefault();
  });
  byId("first-frame").append(icon("start"));
  byId("first-frame").addEventListener("click", () => showMoment(0));
  for (const part of ["video", "range", "at"]) store.watch((state) => state[part], show);
  store.watch((state) => state.video?.id, () => loadStrip().catch(() => {}));
  show();
}

/** How long a video is, as far as its file says. @param {any} video @returns {number | null} */
const secondsIn = (video) =>
  video?.seconds ?? (video?.frames && video?.rate ? video.frames / video.rate : null);

/** @param {number} value @param {number} least @param {number} most */
const within = (value, least, most) => Math.min(Math.max(value, least), Math.max(least, most));

/** @param {number} seconds */
const rounded = (seconds) => Math.round(seconds * 100) / 100;
