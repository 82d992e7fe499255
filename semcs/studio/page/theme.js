/** Dark or light: as the system says until the person says otherwise. */

import { byId, icon } from "./dom.js";

const KEY = "semcs-theme";

export function createTheme() {
  const button = byId("theme");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (localStorage.getItem(KEY) ?? (system.matches ? "dark" : "light")) === "dark";

  function show() {
    const dark = isDark();
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    const label = dark ? "Light theme" : "Dark theme";
    button.setAttribute("aria-label", label);
    button.title = label;
    button.replaceChildren(icon(dark ? "sun" : "moon"));
  }

  button.addEventListener("click", () => {
    localStorage.setItem(KEY, isDark() ? "light" : "dark");
    show();
  });
  system.addEventListener("change", show);
  show();
}
