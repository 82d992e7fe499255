/** Refine: the optimised preset, with live previews, time left, stop and keep. */

import { askPicture, wasCancelled } from "./api.js";
import { byId, icon } from "./dom.js";
import { requestOf } from "./document.js";
import { cancelJob, resultPicture, startJob, stopJob, watchJob } from "./jobs.js";
import { announce, clearError, showError } from "./notices.js";

const PRESET = "semcs";

/**
 * @param {import("./store.js").Store<any>} store
 * @param {{settled: () => void}} history
 */
export function createRefine(store, history) {
  let running = new AbortController();
  let lastPreview = "";

  async function refine() {
    const request = requestOf(store.get());
    if (!request || store.get().refining) return;
    clearError();
    store.set({ refining: { key: JSON.stringify(request), job: "" }, progress: {}, overlay: false });
    try {
      const job = await startJob({ ...request, preset: PRESET });
      store.set((state) => ({ refining: { ...state.refining, job } }));
      await follow();
    } catch (error) {
      ended(error);
    }
  }

  /** Watches the job that `refining` names, also after a reload. */
  async function follow() {
    const { refining } = store.get();
    const { signal } = (running = new AbortController());
    try {
      const result = await watchJob(refining.job, tell, signal);
      const bitmap = await resultPicture(result.id, signal);
      const seconds = store.get().progress.seconds ?? 0;
      store.set({ picture: { bitmap, key: refining.key, refined: true, result, seconds }, refining: null, preview: null });
      announce("The refined picture is ready");
      history.settled();
    } catch (error) {
      ended(error);
    }
  }

  /** @param {unknown} error */
  function ended(error) {
    store.set({ refining: null, preview: null });
    if (!wasCancelled(error)) showError(error, { label: "Try again", act: refine });
  }

  /** @param {any} told */
  async function tell(told) {
    store.set((state) => ({ progress: { ...state.progress, ...told } }));
    if (!told.preview || told.preview === lastPreview) return;
    lastPreview = told.preview;
    const preview = await askPicture(told.preview).catch(() => null);
    if (preview && store.get().refining && lastPreview === told.preview) store.set({ preview });
  }

  async function stop() {
    byId("refine-stop").disabled = true;
    await stopJob(store.get().refining.job).catch(showError);
  }

  async function cancel() {
    const { refining } = store.get();
    running.abort();
    store.set({ refining: null, preview: null });
    if (refining?.job) await cancelJob(refining.job).catch(showError);
  }

  function show() {
    const { refining, progress } = store.get();
    byId("refine").hidden = byId("variation").hidden = Boolean(refining);
    byId("refine").disabled = byId("variation").disabled = !requestOf(store.get());
    byId("refining").hidden = !refining;
    if (!refining) return;
    byId("refine-stop").disabled = !progress.step;
    const share = progress.steps ? progress.step / progress.steps : 0;
    const bar = byId("refine-bar");
    bar.style.setProperty("--share", String(share));
    bar.setAttribute("aria-valuenow", String(Math.round(share * 100)));
    byId("refine-words").textContent = wordsOf(progress);
  }

  byId("refine").prepend(icon("spark"));
  byId("refine").addEventListener("click", refine);
  byId("refine-stop").addEventListener("click", stop);
  byId("refine-cancel").addEventListener("click", cancel);
  for (const part of ["refining", "progress", "work", "photo"]) store.watch((state) => state[part], show);
  store.watch((state) => state.photo?.id, (_, { refining }) => refining && cancel());
  show();
  return { resume: () => store.get().refining?.job && follow() };
}

/** @param {any} progress */
function wordsOf({ place, step, steps, seconds_left: left }) {
  if (!step) return place > 0 ? `Waiting: place ${place}` : "Starting …";
  const time = left == null ? "" : ` · ${timeOf(left)} left`;
  return `Step ${step} of ${steps}${time}`;
}

/** @param {number} seconds */
const timeOf = (seconds) =>
  seconds < 60 ? `${Math.max(1, Math.round(seconds))} s` : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
