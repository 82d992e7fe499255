/** The looks as thumbnails of the person's own photo, those in sight first. */

import { askPicture, events, wasCancelled } from "./api.js";
import { byId, cover, debounced, h } from "./dom.js";
import { chosenRegion } from "./document.js";
import { showError } from "./notices.js";
import { isHeld } from "./status.js";
import { pressed } from "./toolbar.js";

/** Shown first: looks that suit most photos. */
const FIRST = [
  "watercolor", "oil painting", "starry night", "pop art", "stained glass", "pencil sketch",
  "ukiyo-e", "anime", "neon", "low poly", "impressionism", "gold", "snow", "mosaic", "cyberpunk",
];
const SIDE = 160; // pixels of a thumbnail's longest side
const AT_ONCE = 24; // looks that one stream is asked for

/**
 * @param {import("./store.js").Store<any>} store
 * @param {(look: string) => void} choose
 */
export function createGallery(store, choose) {
  const grid = byId("gallery");
  const search = byId("gallery-search");
  /** @type {Map<string, HTMLElement>} */
  const cards = new Map();
  const inSight = new Set();
  let done = new Set();
  let kind = "";
  let stream = new AbortController();

  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const look = /** @type {HTMLElement} */ (target).dataset.look;
      if (isIntersecting) inSight.add(look);
      else inSight.delete(look);
    }
    load();
  }, { root: byId("gallery-scroll"), rootMargin: "60px" });

  /** @param {any[]} looks */
  function build(looks) {
    cards.clear();
    /** @param {{name: string}} look */
    const place = ({ name }) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);
    for (const look of [...looks].sort((a, b) => place(a) - place(b))) cards.set(look.name, card(look));
    grid.replaceChildren(...cards.values());
    for (const one of cards.values()) observer.observe(one);
    const kinds = [...new Set(looks.map((look) => look.kind).filter(Boolean))];
    byId("kinds").replaceChildren(...["", ...kinds].map(kindButton));
    filter();
    mark();
  }

  /** @param {any} look */
  function card({ name, kind: its }) {
    const canvas = h("canvas", { width: SIDE, height: SIDE, "aria-hidden": "true" });
    const label = h("span", { text: name });
    const onclick = () => choose(name);
    return h("button", { type: "button", class: "card", "data-look": name, "data-kind": its ?? "", title: name, onclick }, canvas, label);
  }

  /** @param {string} name */
  function kindButton(name) {
    const text = name ? name.charAt(0).toUpperCase() + name.slice(1) : "All";
    const onclick = () => ((kind = name), filter());
    return h("button", { type: "button", class: "kind", "data-kind": name, text, onclick });
  }

  function filter() {
    const typed = search.value.trim().toLowerCase();
    let shown = 0;
    for (const [name, one] of cards) {
      one.hidden = !(name.includes(typed) && (!kind || one.dataset.kind === kind));
      if (!one.hidden) shown += 1;
    }
    for (const button of byId("kinds").children) pressed(button, button.dataset.kind === kind);
    byId("gallery-count").textContent = shown ? `${shown} looks` : "";
    byId("gallery-empty").hidden = shown > 0 || !cards.size;
  }

  function mark() {
    const region = chosenRegion(store.get());
    for (const [name, one] of cards) pressed(one, !region?.picture && region?.style === name);
  }

  /** Thumbnails that are still to come: in sight, then all others that the search leaves. */
  function wanted() {
    const missing = [...cards].filter(([name, one]) => !done.has(name) && !one.hidden).map(([name]) => name);
    const first = missing.filter((name) => inSight.has(name));
    return [...first, ...missing.filter((name) => !inSight.has(name))].slice(0, AT_ONCE);
  }

  /** The picture goes first: thumbnails wait while it is painted. */
  function load() {
    stream.abort();
    if (!isBusy(store.get())) loadSoon();
  }

  const loadSoon = debounced(120, async () => {
    const { photo } = store.get();
    if (!photo || isBusy(store.get()) || !cards.size) return;
    const { signal } = (stream = new AbortController());
    try {
      for (let looks = wanted(); looks.length && !signal.aborted; looks = wanted()) {
        const came = await loadSome(photo.id, looks, signal);
        if (!came) return;
      }
    } catch (error) {
      if (!wasCancelled(error)) showError(error);
    }
  });

  /** @param {string} photo @param {string[]} looks @param {AbortSignal} signal */
  async function loadSome(photo, looks, signal) {
    let came = 0;
    const asked = { json: { looks, side: SIDE }, signal };
    for await (const { data } of events(`/photos/${photo}/thumbnails`, asked)) {
      if (!data.url) continue;
      const bitmap = await askPicture(data.url, { signal });
      const one = cards.get(data.look);
      const canvas = /** @type {HTMLCanvasElement | null} */ (one?.querySelector("canvas") ?? null);
      if (signal.aborted || !canvas) return 0;
      cover(canvas, bitmap);
      one?.classList.add("ready");
      done.add(data.look);
      came += 1;
    }
    return came;
  }

  function reset() {
    done = new Set();
    for (const one of cards.values()) {
      one.classList.remove("ready");
      /** @type {HTMLCanvasElement} */ (one.querySelector("canvas")).width = SIDE; // empties it
    }
    load();
  }

  search.addEventListener("input", () => (filter(), load()));
  grid.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => moveFocus(event, grid));
  store.watch((state) => state.looks, build);
  store.watch((state) => state.photo?.id, reset);
  store.watch(isBusy, load);
  store.watch((state) => state.work, mark);
  store.watch((state) => state.chosen, mark);
}

/** Whether something more urgent is painted. @param {any} state */
const isBusy = (state) => Boolean(state.busy || state.following || state.opening || isHeld(state));

/** Arrow keys walk over the cards. @param {KeyboardEvent} event @param {HTMLElement} grid */
function moveFocus(event, grid) {
  const cards = /** @type {HTMLElement[]} */ ([...grid.children]).filter((one) => !(/** @type {HTMLElement} */ (one).hidden));
  const at = cards.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  if (at < 0) return;
  const columns = cards.filter((one) => one.offsetTop === cards[0].offsetTop).length;
  /** @type {Record<string, number>} */
  const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns };
  if (!(event.key in by)) return;
  event.preventDefault();
  cards[at + by[event.key]]?.focus();
}
