/** What the page says: short notices that also reach screen readers, and one standing error line. */

import { byId, h, iconButton } from "./dom.js";
import { wasCancelled } from "./api.js";

/** @param {string} words */
export function announce(words) {
  byId("live").textContent = words;
}

/**
 * Shows an error until it is closed or the next one comes.
 *
 * @param {unknown} error
 * @param {{label: string, act: () => void}} [remedy]
 */
export function showError(error, remedy) {
  if (wasCancelled(error)) return;
  const words = error instanceof Error ? error.message : String(error);
  const place = byId("errors");
  const parts = [h("span", { class: "error-words", text: words })];
  if (remedy) {
    const act = () => (clearError(), remedy.act());
    parts.push(h("button", { type: "button", class: "quiet", text: remedy.label, onclick: act }));
  }
  place.replaceChildren(...parts, iconButton("close", "Close the message", clearError));
  place.classList.remove("notice");
  place.hidden = false;
}

/** Something to know that is no error. @param {string} words */
export function showNotice(words) {
  showError(words);
  byId("errors").classList.add("notice");
}

/** What went wrong is over; a notice stays until it is closed. */
export function clearFailure() {
  if (!byId("errors").classList.contains("notice")) clearError();
}

export function clearError() {
  byId("errors").hidden = true;
  byId("errors").replaceChildren();
}
