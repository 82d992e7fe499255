/**
 * The studio's page. Where is what:
 *
 * - store.js       one small store; all parts watch it
 * - document.js    regions and their styles, undo and redo; requests.js: what the server is asked for
 * - api.js         talking to the server; jobs.js: its jobs; session.js: what a tab keeps
 * - intake.js      drops, pastes and choosers; files.js: their files; photos.js: photos and videos come in
 * - album.js       many photos; carry.js: what goes along from one to the next; batch.js: all styled
 * - timeline.js    of a video; moment.js: its other frames; player.js: the styled clip; times.js
 * - masks.js       masks as canvases; places.js: masks that are found by themselves
 * - recover.js     after the server was started again
 * - stage.js       the picture in the middle, over view.js (zoom, pan) and overlays.js (regions)
 * - pointer.js     hands on the stage; toolbar.js: tools; mending.js: what they do to a mask
 * - compare.js     before and after
 * - regions.js     the list on the left
 * - style.js       text and picture of a style; gallery.js: looks; sliders.js: numbers
 * - follow.js      the instant picture; refine.js: what takes longer; history.js: those before
 * - download.js    files; code.js: the code that makes the same
 * - notices.js, status.js, theme.js, keys.js, dom.js   words, states, looks, keys, elements
 * - early.js       the theme, before anything is painted
 */

import { createAlbum, loadThumbnails } from "./album.js";
import { askJson } from "./api.js";
import { createBatch } from "./batch.js";
import { createCompare } from "./compare.js";
import { byId, icon } from "./dom.js";
import { createEditor, firstWork } from "./document.js";
import { createDownload } from "./download.js";
import { createFollow } from "./follow.js";
import { createGallery } from "./gallery.js";
import { createHistory } from "./history.js";
import { createIntake } from "./intake.js";
import { createKeys } from "./keys.js";
import { createMending } from "./mending.js";
import { createMoment } from "./moment.js";
import { showError } from "./notices.js";
import { createPhotos } from "./photos.js";
import { createPlayer } from "./player.js";
import { createPointer } from "./pointer.js";
import { createRecovery } from "./recover.js";
import { createRefine } from "./refine.js";
import { createRegions } from "./regions.js";
import { keepSession, openSession, restoreSession } from "./session.js";
import { createSliders } from "./sliders.js";
import { createStage } from "./stage.js";
import { createStatus, createTabs } from "./status.js";
import { createStore } from "./store.js";
import { createStyle } from "./style.js";
import { createTheme } from "./theme.js";
import { createTimeline } from "./timeline.js";
import { createToolbar } from "./toolbar.js";

const work = firstWork(null);
const store = createStore({
  about: null,
  looks: null,
  photo: null,
  photoBitmap: null,
  photos: [], // all that are worked on, this one among them
  thumbnails: {}, // of the photos, by id
  shelves: {}, // {work, past} of the photos that aren't shown, by id
  video: null, // whose first frame the photo is
  range: { from: 0, to: null }, // seconds of the video that are styled
  at: 0, // seconds: the moment that its timeline points at
  moment: null, // another frame that is looked at: {at, photo, bitmap, masks}
  clip: null, // the styled clip that is played
  batch: null, // what came of many photos
  isBatchOpen: false,
  isLost: false, // whether the server no longer has the photo
  work,
  past: [],
  future: [],
  chosen: work.regions[0].key,
  stylePictures: {}, // thumbnails of style pictures, by id
  picture: null, // what is shown: {bitmap, key, refined, result, seconds}
  preview: null, // of the picture that is being refined
  history: [],
  refining: null, // {kind, key, job}
  progress: {},
  tool: "move",
  erase: false,
  brushSize: 36, // screen pixels
  adding: false, // whether the next click or box makes a new region
  overlay: true,
  compare: false,
  split: 0.5,
  peek: false,
  opening: false, // or what is said meanwhile
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
const album = createAlbum(store);
const history = createHistory(store, editor, album);
const follow = createFollow(store, history);
const moment = createMoment(store);
createTimeline(store, moment.show);
createPlayer(store);
createBatch(store);
const refine = createRefine(store, history, moment.masksAt);
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
  let ready = () => {};
  /** @type {Promise<void>} */
  const begun = new Promise((resolve) => void (ready = resolve));
  createIntake(store, createPhotos(store, begun), style.usePicture);
  const [about, looks] = await Promise.all([askJson("/about"), askJson("/looks")]);
  store.set({ about, looks });
  byId("no-video").hidden = about.video;
  await restoreSession(store);
  keepSession(store);
  ready();
  createRecovery(store, follow.again);
  refine.resume();
  await loadThumbnails(store);
}

begin().catch((error) => showError(error, { label: "Reload", act: () => location.reload() }));
