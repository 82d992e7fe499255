/** Jobs that take their time: a refined picture, a styled video, the same look on many photos. */

import { askPicture, wasCancelled } from "./api.js";
import { byId, icon } from "./dom.js";
import { cancelJob, resultPicture, startJob, stopJob, watchJob } from "./jobs.js";
import { announce, clearError, showError } from "./notices.js";
import { folderRequestOf, requestOf, videoRequestOf } from "./requests.js";
import { spanOf } from "./times.js";

const PRESET = "semcs";

/** @type {Record<string, {step: string, ready: string, bar: string, requestOf: (state: any) => any}>} */
const KINDS = {
  picture: { step: "Step", ready: "The refined picture is ready", bar: "Refining", requestOf },
  video: { step: "Frame", ready: "The styled clip is ready", bar: "Styling the video", requestOf: videoRequestOf },
  folder: { step: "Photo", ready: "The photos are styled", bar: "Styling the photos", requestOf: folderRequestOf },
};

/** Steps before a video's first frame, where a network is trained on it. @type {Record<string, string>} */
const LEARNING = { looking: "Looking at frame", training: "Learning, step" };
const LEARNED = "Learning has ended: frames follow …";

/**
 * @param {import("./store.js").Store<any>} store
 * @param {{settled: () => void, keepClip: (clip: any, key: string) => void, keepBatch: (batch: any, key: string) => void}} history
 * @param {(at: number, signal: AbortSignal) => Promise<Record<string, string>>} masksAt Of the frame that a clip begins with.
 */
export function createRefine(store, history, masksAt) {
  let running = new AbortController();
  let lastPreview = "";

  /** @param {string} kind */
  async function begin(kind) {
    let request = KINDS[kind].requestOf(store.get());
    if (!request || store.get().refining) return;
    clearError();
    const { signal } = (running = new AbortController());
    store.set({ refining: { kind, key: JSON.stringify(request), job: "" }, progress: {}, clip: null });
    if (kind !== "folder") store.set({ overlay: false, compare: false, moment: null, at: 0, seeking: false }); // nor one that is still to come
    try {
      if (kind === "video") {
        request = videoRequestOf(store.get(), await masksAt(store.get().range.from, signal));
        signal.throwIfAborted();
      }
      const id = await startJob(kind === "picture" ? { ...request, preset: PRESET } : request);
      if (signal.aborted) return void (await cancelJob(id));
      store.set((state) => ({ refining: { ...state.refining, key: JSON.stringify(request), job: id } }));
      await follow();
    } catch (error) {
      ended(error, kind);
    }
  }

  /** Watches the job that `refining` names, also after a reload. */
  async function follow() {
    const { refining } = store.get();
    const { signal } = (running = new AbortController());
    try {
      const result = await watchJob(refining.job, tell, signal);
      await take(refining, result, signal);
      announce(KINDS[refining.kind].ready);
    } catch (error) {
      ended(error, refining.kind);
    }
  }

  /** @param {{kind: string, key: string}} refining @param {any} result @param {AbortSignal} signal */
  async function take({ kind, key }, result, signal) {
    const over = { refining: null, preview: null };
    const request = JSON.parse(key);
    if (kind === "folder") {
      store.set({ ...over, batch: { ...result, request } });
      history.keepBatch(result, key);
    } else if (kind === "video") {
      history.keepClip({ ...result, request }, key);
      store.set({ ...over, clip: { ...result, request } });
    } else {
      const bitmap = await resultPicture(result.id, signal);
      const seconds = store.get().progress.seconds ?? 0;
      store.set({ ...over, picture: { bitmap, key, refined: true, result, seconds } });
      history.settled();
    }
  }

  /** @param {unknown} error @param {string} kind */
  function ended(error, kind) {
    if (wasCancelled(error)) return; // whoever cancelled has put it away
    store.set({ refining: null, preview: null });
    showError(error, { label: "Try again", act: () => begin(kind) });
  }

  /** @param {any} told */
  async function tell(told) {
    store.set((state) => ({ progress: { ...state.progress, ...told } }));
    if (!told.preview || told.preview === lastPreview || store.get().refining?.kind === "folder") return;
    lastPreview = told.preview;
    const preview = await askPicture(told.preview, { quiet: true }).catch(() => null);
    if (preview && store.get().refining && lastPreview === told.preview) store.set({ preview });
  }

  async function stop() {
    byId("refine-stop").disabled = true;
    try {
      const told = await stopJob(store.get().refining.job);
      if (told.phase === "trained") announce(LEARNED);
      await tell(told);
    } catch (error) {
      showError(error);
    }
  }

  async function cancel() {
    const { refining } = store.get();
    running.abort();
    store.set({ refining: null, preview: null });
    if (refining?.job) await cancelJob(refining.job).catch(showError);
  }

  function show() {
    const state = store.get();
    const { refining, progress, video, photos } = state;
    const many = photos.length > 1;
    byId("variation").hidden = Boolean(refining);
    byId("refine").hidden = Boolean(refining || video);
    byId("style-video").hidden = Boolean(refining || !video);
    byId("style-all").hidden = Boolean(refining || !many);
    byId("style-all-count").textContent = photos.length;
    byId("refine").disabled = byId("variation").disabled = !requestOf(state);
    byId("style-video").disabled = !videoRequestOf(state);
    byId("style-all").disabled = !folderRequestOf(state);
    byId("refining").hidden = !refining;
    if (!refining) return;
    byId("refine-stop").disabled = !progress.step || progress.phase === "trained";
    byId("refine-stop").textContent = progress.phase in LEARNING ? "Stop learning" : "Stop and keep";
    const share = progress.steps ? Math.min(progress.step / progress.steps, 1) : 0;
    const bar = byId("refine-bar");
    bar.setAttribute("aria-label", KINDS[refining.kind].bar);
    bar.style.setProperty("--share", String(share));
    bar.setAttribute("aria-valuenow", String(Math.round(share * 100)));
    byId("refine-words").textContent = wordsOf(progress, KINDS[refining.kind].step);
  }

  for (const [id, drawing, kind] of [["refine", "spark", "picture"], ["style-video", "film", "video"], ["style-all", "layers", "folder"]]) {
    byId(id).prepend(icon(drawing));
    byId(id).addEventListener("click", () => begin(kind));
  }
  byId("refine-stop").addEventListener("click", stop);
  byId("refine-cancel").addEventListener("click", cancel);
  for (const part of ["refining", "progress", "work", "photo", "photos", "video", "moment", "range"]) store.watch((state) => state[part], show);
  store.watch((state) => state.photo?.id, (_, { refining }) => refining && refining.kind !== "folder" && cancel());
  store.watch((state) => state.photos, (photos, { refining }) => refining?.kind === "folder" && photos.length < 2 && cancel());
  show();
  return { resume: () => store.get().refining?.job && follow() };
}

/** @param {any} progress @param {string} name Of a step. */
function wordsOf({ phase, place, step, steps, seconds_left: left }, name) {
  if (phase === "trained") return LEARNED;
  if (!step) return place > 0 ? `Waiting: place ${place}` : "Starting …";
  const time = left == null ? "" : ` · ${spanOf(left)} left`;
  const words = `${LEARNING[phase] ?? name} ${step}`;
  return steps ? `${words} of ${steps}${time}` : `${words}${time}`;
}
