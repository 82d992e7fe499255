/** Times of clips, in words and back. */

/** Such as 1:02.5. @param {number | null} seconds */
export function timeOf(seconds) {
  if (seconds === null) return "";
  const tenths = Math.round(seconds * 10);
  const rest = (tenths % 600) / 10;
  return `${Math.floor(tenths / 600)}:${rest < 10 ? "0" : ""}${rest.toFixed(1)}`;
}

/**
 * Seconds out of what somebody types, such as 1:02.5 or 62.5; null where it is no time.
 *
 * @param {string} text
 */
export function secondsOf(text) {
  const parts = text.trim().replace(",", ".").split(":");
  if (parts.length > 3 || parts.some((part) => !/^\d+(\.\d*)?$/.test(part))) return null;
  return parts.reduce((sum, part) => sum * 60 + Number(part), 0);
}

/** A time that is left, such as 2 min 5 s. @param {number} seconds */
export const spanOf = (seconds) =>
  seconds < 60 ? `${Math.max(1, Math.round(seconds))} s` : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
