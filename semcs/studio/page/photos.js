/** Photos and videos come in: dropped, pasted or chosen. The first photo's mask is found at once. */

import { ApiError, ask, askPicture, sendFile } from "./api.js";
import { carried } from "./carry.js";
import { cover } from "./dom.js";
import { firstWork } from "./document.js";
import { forgetFile, isAnimated, isPicture, isVideo, keepFile, megabytes } from "./files.js";
import { canvasOf, forgetMasks } from "./masks.js";
import { announce, clearError, showError } from "./notices.js";
import { findPlaces } from "./places.js";

const SIDE = 2048; // longest side of the photo on the stage
const THUMBNAIL = 160;
const MOST = 500; // photos at a time
const NO_VIDEO = "Videos need one more package. Install it and start the studio again: pip install \"semcs[video]\"";

/**
 * @param {import("./store.js").Store<any>} store
 * @param {Promise<void>} begun Resolved once it is known what the server takes, and what the tab had
 *   is there again: what is dropped before waits for that.
 */
export function createPhotos(store, begun) {
  let turn = 0;

  /**
   * Takes what was dropped: one photo or video, or many photos.
   *
   * @param {File[]} files
   * @param {boolean} [isAdding] To the photos that are there.
   */
  async function open(files, isAdding = false) {
    if (!files.length) return showError("There are no pictures in that folder");
    const mine = (turn += 1);
    const isMine = () => mine === turn;
    clearError();
    try {
      store.set({ opening: "Opening …" });
      await begun;
      if (!isMine()) return;
      const [file] = files;
      if (files.length === 1 && !isAdding && (await moves(file))) await openVideo(file, isMine);
      else await openPhotos(files, isAdding, isMine);
    } catch (error) {
      if (isMine()) showError(error);
    } finally {
      if (isMine()) store.set({ opening: false });
    }
  }

  /** Whether a file is opened as a video: where PyAV is missing, a moving picture is its first frame. @param {File} file */
  async function moves(file) {
    return isVideo(file) || (store.get().about.video && isPicture(file) && (await isAnimated(file)));
  }

  /** @param {File} file @param {() => boolean} isMine */
  async function openVideo(file, isMine) {
    const { about } = store.get();
    if (!about.video) throw new Error(NO_VIDEO);
    checkSize(file, about.limits.video_bytes);
    store.set({ opening: "Opening the video …" });
    announce(`Opening ${file.name}`);
    const video = await named(file, () => sendFile("/videos", file));
    const photoBitmap = await askPicture(`/photos/${video.photo.id}?side=${SIDE}`);
    if (!isMine()) return;
    keepFile(video.id, file);
    start(video.photo, photoBitmap, [], video);
    await findPlaces(store, video.photo);
  }

  /** @param {File[]} files @param {boolean} isAdding @param {() => boolean} isMine */
  async function openPhotos(files, isAdding, isMine) {
    const many = files.length > 1;
    const pictures = many ? files.filter((file) => isPicture(file)) : files;
    let isFirst = !isAdding;
    /** @type {string[]} */
    const failed = [];
    if (!pictures.length) throw new Error("None of those files is a picture. Videos are taken one at a time.");
    if (pictures.length > MOST) failed.push(`${pictures.length - MOST} photos more than the ${MOST} that are taken at a time`);
    /** @type {Promise<void>} */
    let finding = Promise.resolve();
    for (const [index, file] of pictures.slice(0, MOST).entries()) {
      store.set({ opening: many ? `Opening photo ${index + 1} of ${pictures.length} …` : true });
      announce(`Opening ${file.name}`);
      const taken = await take(file, isFirst).catch((error) => void failed.push(error.message));
      if (!isMine()) return;
      if (!taken) continue;
      if (!isFirst) store.set((state) => ({ photos: [...state.photos, taken.photo] }));
      else {
        start(taken.photo, taken.shown, [taken.photo], null);
        finding = findPlaces(store, taken.photo);
        isFirst = false;
      }
    }
    await finding;
    if (many && pictures.length < files.length) failed.push(leftOut(files.length - pictures.length));
    if (failed.length) showError(failed.slice(0, 3).join(" · ") + (failed.length > 3 ? ` · and ${failed.length - 3} more` : ""));
  }

  /** @param {File} file @param {boolean} isShown Whether it goes on the stage. */
  async function take(file, isShown) {
    checkSize(file, store.get().about.limits.bytes);
    const [photo, seen] = await Promise.all([named(file, () => sendFile("/photos", file)), decoded(file)]);
    const isSame = seen && seen.width === photo.width && seen.height === photo.height;
    const source = isSame ? seen : await askPicture(`/photos/${photo.id}?side=${isShown ? SIDE : THUMBNAIL}`);
    keepFile(photo.id, file);
    store.set((state) => ({ thumbnails: { ...state.thumbnails, [photo.id]: thumbnailOf(source) } }));
    return { photo, shown: isShown ? reduced(source) : (source.close(), null) };
  }

  /**
   * @param {any} photo
   * @param {ImageBitmap | HTMLCanvasElement | null} photoBitmap
   * @param {any[]} photos All that are worked on.
   * @param {any} video
   */
  function start(photo, photoBitmap, photos, video) {
    const { photos: before, video: last, isLost, work: lastWork } = store.get();
    forgetMasks();
    forget([...before.map((/** @type {any} */ one) => `/photos/${one.id}`), ...(last ? [`/videos/${last.id}`] : [])], isLost);
    const work = isLost ? withoutPictures(carried(lastWork)) : firstWork(null);
    store.set({
      photo, photoBitmap, photos, video, work, chosen: work.regions[0].key, shelves: {}, isLost: false,
      past: [], future: [], history: [], picture: null, preview: null, compare: false, moment: null,
      clip: null, batch: null, opening: false, range: { from: 0, to: null },
      overlay: true, tool: "move", adding: false, stylePictures: {},
    });
  }

  return { open };
}

/** Styles by words alone: their pictures went with the photo. @param {import("./document.js").Work} work */
const withoutPictures = (work) => ({ ...work, regions: work.regions.map((region) => ({ ...region, picture: null })) });

/** What the server need not keep any more. @param {string[]} paths @param {boolean} isLost */
function forget(paths, isLost) {
  for (const path of paths) {
    forgetFile(/** @type {string} */ (path.split("/").at(-1)));
    if (!isLost) ask(path, { method: "DELETE", quiet: true }).catch(() => {});
  }
}

/** Has the server's refusal name the file. @template T @param {File} file @param {() => Promise<T>} send */
async function named(file, send) {
  try {
    return await send();
  } catch (error) {
    const isRefusal = error instanceof ApiError && error.status >= 400 && error.status < 500;
    throw isRefusal ? new Error(`${file.name}: ${error.message}`) : error;
  }
}

/** @param {File} file @param {number | undefined} most */
function checkSize(file, most) {
  if (most && file.size > most) throw new Error(`${file.name} has ${megabytes(file.size)}: at most ${megabytes(most)} are taken`);
}

/** @param {number} count */
const leftOut = (count) => `${count} ${count === 1 ? "file is no picture and was" : "files are no pictures and were"} left out`;

/**
 * What the browser itself makes of the file, which saves a way; null where it can't read it.
 *
 * @param {File} file
 */
const decoded = (file) => createImageBitmap(file).catch(() => null);

/** @param {ImageBitmap} bitmap */
export function thumbnailOf(bitmap) {
  const canvas = canvasOf(THUMBNAIL, THUMBNAIL * 0.75);
  cover(canvas, bitmap);
  return canvas;
}

/** @param {ImageBitmap} bitmap */
function reduced(bitmap) {
  const scale = SIDE / Math.max(bitmap.width, bitmap.height);
  if (scale >= 1) return bitmap;
  const canvas = canvasOf(bitmap.width * scale, bitmap.height * scale);
  cover(canvas, bitmap);
  bitmap.close();
  return canvas;
}
