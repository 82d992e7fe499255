/** Files that come in: out of a drop, folders included; of which kind they are; and kept by id. */

const VIDEOS = /\.(mp4|m4v|mov|mkv|webm|avi|mpe?g|m2ts|mts|ts|ogv|3gp|wmv|flv)$/i;
const PICTURES = /\.(jpe?g|jfif|png|webp|gif|avif|heic|heif|tiff?|bmp|jp2|ppm|pgm|pnm|qoi)$/i;
const HEAD = 2 ** 20; // bytes that are looked at to see whether a picture moves

/** @type {Map<string, File>} By the id of the photo, video or style picture that came of it. */
const kept = new Map();

/** Keeps a file in memory, so that it can be sent again. @param {string} id @param {File} file */
export const keepFile = (id, file) => kept.set(id, file);

/** @param {string | undefined} id */
export const keptFile = (id) => (id ? kept.get(id) : undefined);

/** @param {string} id */
export const forgetFile = (id) => kept.delete(id);

/** @param {File} file */
export const isVideo = (file) => file.type.startsWith("video/") || VIDEOS.test(file.name);

/** @param {File} file */
export const isPicture = (file) => file.type.startsWith("image/") || PICTURES.test(file.name);

/** Whether a picture is made of frames: GIF, WebP and APNG may be. @param {File} file */
export async function isAnimated(file) {
  const text = new TextDecoder("latin1").decode(await file.slice(0, HEAD).arrayBuffer());
  if (text.startsWith("GIF8")) return hasTwoFrames(new Uint8Array(await file.arrayBuffer()));
  if (text.startsWith("RIFF") && text.slice(8, 12) === "WEBP") return text.slice(12, 64).includes("ANIM");
  if (!text.startsWith("\x89PNG")) return false;
  const control = text.indexOf("acTL");
  return control > 0 && control < text.indexOf("IDAT");
}

/** Walks over the blocks of a GIF. @param {Uint8Array} bytes */
function hasTwoFrames(bytes) {
  /** @param {number} packed Says how long a table of colours is. */
  const tableSize = (packed) => (packed & 0x80 ? 3 * 2 ** ((packed & 7) + 1) : 0);
  let at = 13 + tableSize(bytes[10]);
  let frames = 0;
  while (bytes[at] === 0x21 || bytes[at] === 0x2c) {
    if (bytes[at] === 0x2c && (frames += 1) === 2) return true;
    at += bytes[at] === 0x21 ? 2 : 11 + tableSize(bytes[at + 9]);
    while (bytes[at]) at += bytes[at] + 1;
    at += 1;
  }
  return false;
}

/**
 * The files of a drop or paste; of a folder, the pictures in it and below.
 *
 * @param {DataTransfer | null} data
 * @returns {Promise<File[]>}
 */
export async function filesOf(data) {
  const loose = [...(data?.files ?? [])]; // read now: the browser empties `data` after the event
  const entries = [...(data?.items ?? [])].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.some((entry) => entry?.isDirectory)) return loose;
  const found = await Promise.all(entries.map((entry) => filesBelow(/** @type {any} */ (entry), false)));
  return found.flat();
}

/** @param {any} entry @param {boolean} isInside A folder: what is no picture is left out there. */
async function filesBelow(entry, isInside) {
  if (entry.isFile) {
    const file = await new Promise((done, failed) => entry.file(done, failed));
    const isLeftOut = isInside && (file.name.startsWith(".") || !isPicture(file));
    return isLeftOut ? [] : [file];
  }
  const reader = entry.createReader();
  /** @type {File[]} */
  const found = [];
  for (;;) {
    const some = await new Promise((done, failed) => reader.readEntries(done, failed));
    if (!some.length) return found;
    const inOrder = some.sort((/** @type {any} */ a, /** @type {any} */ b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
    for (const one of inOrder) found.push(...(await filesBelow(one, true)));
  }
}

/** @param {number} bytes */
export const megabytes = (bytes) => `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
