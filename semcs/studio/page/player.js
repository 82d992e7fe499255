/** A styled clip over the stage: alone, beside its source, or its source alone. */

import { addressOf } from "./api.js";
import { byId, h, icon } from "./dom.js";
import { pressed } from "./toolbar.js";

const VIEWS = [["styled", "Styled"], ["both", "Side by side"], ["source", "Source"]];
const MOST_APART = 0.12; // seconds that the two may run apart
const SIZE_WAIT = 1000; // milliseconds: WebKit tells a clip's size a moment after its first frame

/** @param {import("./store.js").Store<any>} store */
export function createPlayer(store) {
  const place = byId("player");
  const screens = byId("screens");
  let view = "styled";

  /** @param {string} which */
  const screenOf = (which) => /** @type {any} */ (screens.querySelector(`[data-screen=${which}] > :first-child`));

  function show() {
    const { clip, video } = store.get();
    place.hidden = !clip;
    screens.replaceChildren();
    if (!clip) return;
    screens.append(
      screen("styled", clip.name, clip.type, addressOf(clip.url), "Styled clip"),
      screen("source", video.name, video.type, addressOf(`/videos/${video.id}`), "Source"),
    );
    together(clip.request?.start ?? 0);
    look(view);
    byId("clip-close").focus();
  }

  /** @param {string} which @param {string} name @param {string} type @param {string} src @param {string} label */
  function screen(which, name, type, src, label) {
    const media = type.startsWith("image/")
      ? h("img", { src, alt: label })
      : h("video", { src, controls: true, loop: true, playsinline: true, preload: "auto", "aria-label": label });
    const figure = h("figure", { "data-screen": which }, media, h("figcaption", { text: label }));
    const giveUp = () => {
      const words = `This browser doesn't play ${name}. ${which === "styled" ? "Download it to see it." : ""}`;
      figure.replaceChildren(h("p", { class: "hint", text: words }), h("figcaption", { text: label }));
    };
    media.addEventListener("error", giveUp);
    // Chromium plays the sound alone where it can't decode the picture; such a clip has no size.
    media.addEventListener("loadeddata", () => setTimeout(() => media.videoWidth || giveUp(), SIZE_WAIT));
    return figure;
  }

  /** The source follows the clip, and the clip the source where that is seen alone. @param {number} start */
  function together(start) {
    const [styled, source] = [screenOf("styled"), screenOf("source")];
    if (!(styled instanceof HTMLVideoElement && source instanceof HTMLVideoElement)) return;
    source.muted = true;
    lead(styled, source, start, () => view !== "source");
    lead(source, styled, -start, () => view === "source");
  }

  /** @param {HTMLVideoElement} leader @param {HTMLVideoElement} other @param {number} shift @param {() => boolean} leads */
  function lead(leader, other, shift, leads) {
    const follow = () => {
      if (!leads()) return;
      const at = Math.max(0, leader.currentTime + shift);
      if (Math.abs(other.currentTime - at) > MOST_APART) other.currentTime = at;
      if (leader.paused !== other.paused) leader.paused ? other.pause() : other.play().catch(() => {});
      other.playbackRate = leader.playbackRate;
    };
    for (const event of ["play", "pause", "seeked", "timeupdate", "ratechange", "loadeddata"]) leader.addEventListener(event, follow);
  }

  /** @param {string} name */
  function look(name) {
    view = name;
    screens.dataset.view = name;
    for (const button of byId("clip-views").children) pressed(button, button.dataset.view === name);
    const [styled, source] = [screenOf("styled"), screenOf("source")];
    if (!(styled instanceof HTMLVideoElement && source instanceof HTMLVideoElement)) return;
    source.controls = name === "source";
    styled.muted = name === "source";
  }

  byId("clip-views").append(
    ...VIEWS.map(([name, text]) => h("button", { type: "button", "data-view": name, text, onclick: () => look(name) })),
  );
  byId("clip-close").prepend(icon("close"));
  byId("clip-close").addEventListener("click", () => store.set({ clip: null }));
  store.watch((state) => state.clip, show);
  store.watch((state) => state.work, () => store.get().clip && store.set({ clip: null }));
}
