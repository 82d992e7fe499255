/**
 * The studio's page. Where is what:
 *
 * - store.js       one small store; all parts watch it
 * - document.js    regions and their styles, undo and redo, the request that makes the picture
 * - api.js         talking to the server; jobs.js: its jobs; session.js: what a tab keeps
 * - photos.js      a photo comes in; masks.js: its masks as canvases
 * - stage.js       the picture in the middle, over view.js (zoom, pan) and overlays.js (regions)
 * - pointer.js     hands on the stage; toolbar.js: tools; mending.js: what they do to a mask
 * - compare.js     before and after
 * - regions.js     the list on the left
 * - style.js       text and picture of a style; gallery.js: looks; sliders.js: numbers
 * - follow.js      the instant picture; refine.js: the optimised one; history.js: those before
 * - download.js    files and code
 * - notices.js, status.js, theme.js, keys.js, dom.js   words, states, looks, keys, elements
 */

import { askJson } from "./api.js";
import { createCompare } from "./compare.js";
import { byId, icon } from "./dom.js";
import { createEditor, firstWork } from "./document.js";
import { createDownload } from "./download.js";
import { createFollow } from "./follow.js";
import { createGallery } from "./gallery.js";
import { createHistory } from "./history.js";
import { createKeys } from "./keys.js";
import { createMending } from "./mending.js";
import { showError } from "./notices.js";
import { createPhotos } from "./photos.js";
import { createPointer } from "./pointer.js";
import { createRefine } from "./refine.js";
import { createRegions } from "./regions.js";
import { keepSession, openSession, restoreSession } from "./session.js";
import { createSliders } from "./sliders.js";
import { createStage } from "./stage.js";
import { createStatus, createTabs } from "./status.js";
import { createStore } from "./store.js";
import { createStyle } from "./style.js";
import { createTheme } from "./theme.js";
import { createToolbar } from "./toolbar.js";

const work = firstWork(null);
const store = createStore({
  about: null,
  looks: null,
  photo: null,
  photoBitmap: null,
  work,
  past: [],
  future: [],
  chosen: work.regions[0].key,
  stylePictures: {}, // thumbnails of style pictures, by id
  picture: null, // what is shown: {bitmap, key, refined, result, seconds}
  preview: null, // of the picture that is being refined
  history: [],
  refining: null, // {key, job}
  progress: {},
  tool: "move",
  erase: false,
  brushSize: 36, // screen pixels
  adding: false, // whether the next click or box makes a new region
  overlay: true,
  compare: false,
  split: 0.5,
  peek: false,
  opening: false,
  following: false,
  busy: 0,
});

createTheme();
const editor = createEditor(store);
const mending = createMending(store, editor);
const stage = createStage(store);
createToolbar(store, stage, mending);
createPointer(store, stage, mending);
createCompare(store, stage);
createRegions(store, editor, mending);
const style = createStyle(store, editor);
createGallery(store, style.choose);
createSliders(store, editor);
const history = createHistory(store, editor);
createFollow(store, history);
const refine = createRefine(store, history);
createDownload(store);
createStatus(store);
createTabs();
createKeys(store, editor, stage, mending);
byId("variation").prepend(icon("dice"));
byId("variation").addEventListener("click", () =>
  editor.edit("seed", (now) => ({ ...now, seed: now.seed + 1 })),
);

async function begin() {
  await openSession();
  createPhotos(store, style.usePicture);
  const [about, looks] = await Promise.all([askJson("/about"), askJson("/looks")]);
  store.set({ about, looks });
  await restoreSession(store);
  keepSession(store);
  refine.resume();
}

begin().catch((error) => showError(error, { label: "Reload", act: () => location.reload() }));
