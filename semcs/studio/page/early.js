// Runs before the page is painted, so that a chosen theme never flashes in the system's first.
{
  let chosen = null;
  try {
    chosen = localStorage.getItem("semcs-theme");
  } catch {
    // a browser that keeps nothing: the system's theme it is
  }
  const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = chosen ?? (isDark ? "dark" : "light");
}
