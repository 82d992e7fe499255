/** What the person is making: the photo's regions and their styles, with undo and redo. */

/**
 * @typedef {object} Region
 * @property {string} key
 * @property {string} name
 * @property {"foreground" | "rest" | "found"} kind "rest" is all that no other region has.
 * @property {string | null} mask Id of its mask; of the rest, null.
 * @property {string} words It was found by; empty where it wasn't.
 * @property {boolean} byHand Whether it was clicked or drawn, and so belongs to its photo alone.
 * @property {boolean} missing Whether its words name nothing in this photo.
 * @property {string | null} base Id of the mask that the clicks mend.
 * @property {number[][]} clicks On it, in pixels of the photo.
 * @property {number[][]} notClicks Beside it.
 * @property {string} style A text; empty where none is chosen.
 * @property {{id: string, name: string} | null} picture Of its style.
 * @property {boolean} kept Whether it stays as in the photo, whatever its style.
 * @property {number} strength
 * @property {number | null} detail Null is each look's own.
 * @property {number} keepColor
 * @property {number} scale
 * @property {string} avoid
 * @property {string} color Of its overlay.
 */

/** @typedef {{regions: Region[], seed: number}} Work */

/** @typedef {Pick<Region, "style" | "picture" | "strength" | "detail" | "keepColor" | "scale" | "avoid">} Styling */

/** @type {Styling & Record<string, any>} */
export const DEFAULTS = {
  style: "",
  picture: null,
  strength: 1,
  detail: null,
  keepColor: 0,
  scale: 1,
  avoid: "",
};

const COLORS = ["#2f7df6", "#f59e0b", "#16a34a", "#c026d3", "#ef4444", "#0ea5b7", "#ec4899", "#84cc16"];
const MERGED_WITHIN = 900; // milliseconds between changes of one kind that undo takes as one
const MOST_UNDONE = 100;

/**
 * @param {Partial<Region>} said
 * @param {Region[]} beside
 * @returns {Region}
 */
export function makeRegion(said, beside = []) {
  const taken = new Set(beside.map((region) => region.color));
  return {
    key: crypto.getRandomValues(new Uint32Array(1))[0].toString(36),
    name: "Region",
    kind: "found",
    mask: null,
    words: "",
    byHand: false,
    missing: false,
    base: null,
    clicks: [],
    notClicks: [],
    kept: false,
    color: COLORS.find((color) => !taken.has(color)) ?? COLORS[beside.length % COLORS.length],
    ...DEFAULTS,
    ...said,
  };
}

/** @param {string | null} mask @returns {Work} */
export function firstWork(mask) {
  const front = makeRegion({ name: "Foreground", kind: "foreground", mask });
  return { regions: [front, makeRegion({ name: "Background", kind: "rest" }, [front])], seed: 0 };
}

/** @param {Region} region */
export const isStyled = (region) => !region.kept && Boolean(region.style.trim() || region.picture);

/** @param {{work: Work, chosen: string}} state @returns {Region | undefined} */
export const chosenRegion = (state) =>
  state.work.regions.find((region) => region.key === state.chosen) ?? state.work.regions[0];

/** @param {Work} work */
export const wordsOf = (work) =>
  work.regions
    .filter(isStyled)
    .map((region) => `${region.name}: ${region.picture?.name ?? region.style.trim()}`)
    .join(", ") || "As in the photo";

/**
 * Changes of the work that can be taken back.
 *
 * @param {import("./store.js").Store<any>} store With `work`, `past` and `future`.
 */
export function createEditor(store) {
  let lastKind = "";
  let lastTime = 0;

  /**
   * @param {string} kind Changes of one kind in a row, such as a slider's, are undone as one.
   * @param {(work: Work) => Work} change
   */
  function edit(kind, change) {
    const { work, past } = store.get();
    const next = change(work);
    if (next === work) return;
    const merged = kind === lastKind && performance.now() - lastTime < MERGED_WITHIN;
    [lastKind, lastTime] = [kind, performance.now()];
    store.set({
      work: next,
      past: merged && past.length ? past : [...past, work].slice(-MOST_UNDONE),
      future: [],
    });
  }

  /** @param {string} key @param {Partial<Region>} changes */
  const editRegion = (key, changes) =>
    edit(`${key} ${Object.keys(changes)}`, (work) => ({
      ...work,
      regions: work.regions.map((region) =>
        region.key === key ? { ...region, ...changes } : region,
      ),
    }));

  function undo() {
    const { work, past, future } = store.get();
    if (!past.length) return;
    lastKind = "";
    store.set({ work: past.at(-1), past: past.slice(0, -1), future: [work, ...future] });
  }

  function redo() {
    const { work, past, future } = store.get();
    if (!future.length) return;
    lastKind = "";
    store.set({ work: future[0], past: [...past, work], future: future.slice(1) });
  }

  return { edit, editRegion, undo, redo };
}

/** @typedef {ReturnType<typeof createEditor>} Editor */
