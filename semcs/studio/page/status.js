/** What the page is doing, said in the bar under the picture; and which parts are there at all. */

import { byId } from "./dom.js";
import { isStyled } from "./document.js";
import { timeOf } from "./times.js";

/** Whether the stage waits for a job: one on many photos goes on beside it. @param {any} state */
export const isHeld = ({ refining }) => Boolean(refining && refining.kind !== "folder");

/** @param {import("./store.js").Store<any>} store */
export function createStatus(store) {
  function show() {
    const state = store.get();
    const { photo, following, busy, opening, refining, video, clip, photos } = state;
    document.body.classList.toggle("with-photo", Boolean(photo));
    document.body.classList.toggle("with-video", Boolean(video));
    document.body.classList.toggle("with-clip", Boolean(clip));
    document.body.classList.toggle("with-album", photos.length > 1);
    document.body.classList.toggle("working", Boolean(following || busy || opening || refining));
    byId("welcome").hidden = Boolean(photo);
    byId("welcome").classList.toggle("opening", Boolean(opening));
    byId("photo-name").textContent = video?.name ?? photo?.name ?? "";
    byId("photo-size").textContent = photo ? `${photo.width} × ${photo.height}` : "";
    byId("status").textContent = wordsOf(state);
  }

  for (const part of ["photo", "photos", "video", "clip", "moment", "following", "busy", "opening", "refining", "picture", "work"]) {
    store.watch((state) => state[part], show);
  }
  show();
}

/** @param {any} state */
function wordsOf({ photo, video, clip, following, busy, opening, refining, picture, work }) {
  if (opening) return typeof opening === "string" ? opening : "Opening the photo …";
  if (!photo) return "";
  if (busy) return "Finding the region …";
  if (refining) return "";
  if (clip) return `Styled clip · ${timeOf(clip.seconds)}`;
  if (following) return "Painting …";
  if (!work.regions.some(isStyled)) return "Choose a style";
  if (!picture) return "";
  return picture.refined ? "Refined picture" : `${video ? "Instant frame" : "Instant picture"} · ${picture.seconds.toFixed(1)} s`;
}

/** On a phone one panel is seen at a time. */
export function createTabs() {
  const tabs = [...byId("tabs").children];
  /** @param {string} name */
  function choose(name) {
    document.body.dataset.tab = name;
    for (const tab of tabs) {
      tab.setAttribute("aria-selected", String(tab.dataset.panel === name));
      tab.tabIndex = tab.dataset.panel === name ? 0 : -1;
    }
  }
  for (const [index, tab] of tabs.entries()) {
    tab.addEventListener("click", () => choose(tab.dataset.panel));
    tab.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!by) return;
      const next = tabs[(index + by + tabs.length) % tabs.length];
      choose(next.dataset.panel);
      next.focus();
    });
  }
  choose("style");
}
