/** Sliders of the chosen region: strength, detail, colour kept, size of the strokes. */

import { byId, h, icon } from "./dom.js";
import { chosenRegion, DEFAULTS } from "./document.js";

const percent = (/** @type {number} */ value) => `${Math.round(value * 100)} %`;

/**
 * @typedef {object} Slider
 * @property {"strength" | "detail" | "keepColor" | "scale"} part
 * @property {string} label
 * @property {string} hint
 * @property {(value: number | null) => string} say
 * @property {(value: number | null) => number} toTrack From the value to the track's 0 to 100.
 * @property {(track: number) => number} toValue
 */

const SHARE = {
  toTrack: (/** @type {number | null} */ value) => (value ?? 0.6) * 100,
  toValue: (/** @type {number} */ track) => track / 100,
};

/** @type {Slider[]} */
const SLIDERS = [
  { part: "strength", label: "Strength", hint: "How much of the style shows", say: (value) => percent(value ?? 1), ...SHARE },
  { part: "detail", label: "Detail", hint: "How much of the photo's form comes back", say: (value) => (value === null ? "Auto" : percent(value)), ...SHARE },
  { part: "keepColor", label: "Colour kept", hint: "How much of the photo's colours stay", say: (value) => percent(value ?? 0), ...SHARE },
  {
    part: "scale",
    label: "Scale",
    hint: "Size of strokes, cells and dots",
    say: (value) => `${(value ?? 1).toFixed(2)}×`,
    toTrack: (value) => (Math.log2(value ?? 1) + 2) * 25, // 0.25 to 4, 1 in the middle
    toValue: (track) => Math.round(2 ** (track / 25 - 2) * 100) / 100,
  },
];

/** @param {import("./store.js").Store<any>} store @param {import("./document.js").Editor} editor */
export function createSliders(store, editor) {
  const rows = SLIDERS.map((slider) => makeRow(slider, change));
  byId("sliders").replaceChildren(...rows.map((row) => row.element));
  const avoid = byId("avoid");

  /** @param {Record<string, any>} changes */
  function change(changes) {
    const region = chosenRegion(store.get());
    if (region) editor.editRegion(region.key, changes);
  }

  function show() {
    const region = chosenRegion(store.get());
    if (!region) return;
    for (const row of rows) row.show(region[row.part]);
    if (document.activeElement !== avoid) avoid.value = region.avoid;
  }

  avoid.addEventListener("change", () => change({ avoid: avoid.value.trim() }));
  store.watch((state) => state.work, show);
  store.watch((state) => state.chosen, show);
  show();
}

/** @param {Slider} slider @param {(changes: Record<string, any>) => void} change */
function makeRow(slider, change) {
  const { part, label, hint, say } = slider;
  const id = `slider-${part}`;
  const track = /** @type {HTMLInputElement} */ (
    h("input", { type: "range", id, min: 0, max: 100, step: 1, "aria-describedby": `${id}-hint` })
  );
  const value = h("output", { for: id });
  const reset = h(
    "button",
    { type: "button", class: "reset", "aria-label": `Reset ${label.toLowerCase()}`, title: "Reset", onclick: () => change({ [part]: DEFAULTS[part] }) },
    icon("reset"),
  );
  track.addEventListener("input", () => change({ [part]: slider.toValue(Number(track.value)) }));
  const element = h(
    "div",
    { class: "slider", title: hint },
    h("label", { for: id, text: label }),
    reset,
    value,
    track,
    h("span", { id: `${id}-hint`, class: "unseen", text: hint }),
  );
  return {
    part,
    element,
    /** @param {number | null} now */
    show(now) {
      const at = slider.toTrack(now);
      if (Math.abs(Number(track.value) - at) >= 0.5) track.value = String(at);
      track.style.setProperty("--filled", `${at}%`);
      track.setAttribute("aria-valuetext", say(now));
      value.textContent = say(now);
      reset.classList.toggle("idle", now === DEFAULTS[part]);
    },
  };
}
