/** The code that makes something again: shown, and copied by a button. */

import { askJson } from "./api.js";
import { byId, icon } from "./dom.js";
import { announce, showError } from "./notices.js";

/** Fills `<prefix>-python` and `<prefix>-command`. @param {string} prefix @param {string} result Its id. */
export async function showCode(prefix, result) {
  const code = await askJson(`/results/${result}/code`);
  byId(`${prefix}-python`).textContent = code.python;
  byId(`${prefix}-command`).textContent = code.command;
}

/** @param {string} prefix */
export function clearCode(prefix) {
  byId(`${prefix}-python`).textContent = byId(`${prefix}-command`).textContent = "…";
}

/** @param {string} id @param {HTMLElement} copy */
async function copyCode(id, copy) {
  await navigator.clipboard.writeText(byId(id).textContent);
  const label = copy.lastChild;
  if (label) label.textContent = "Copied";
  announce("Copied");
  setTimeout(() => label && (label.textContent = "Copy"), 1600);
}

/** @param {HTMLElement} place Whose buttons copy. */
export function letCopy(place) {
  for (const copy of /** @type {NodeListOf<HTMLElement>} */ (place.querySelectorAll("[data-copy]"))) {
    copy.prepend(icon("copy"));
    copy.addEventListener("click", () => copyCode(copy.dataset.copy ?? "", copy).catch(showError));
  }
}
