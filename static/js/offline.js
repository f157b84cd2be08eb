// Without a network: starts the worker that keeps articles, and says what waits to be sent. See static/worker/.
// Fetched by teduh.js when it is of use.

import { bringAids } from "./parts.js";

const PAGE = "/offline/";
const { person } = document.body.dataset;
// It is no more asked for: it is there.
if (document.body.dataset.device) document.body.dataset.device = "there";

// What is said comes when something has to be: the worker has it on the device.
let words = {};
const learnWords = async () => {
  const aids = words.waits ? null : await bringAids().catch(() => null);
  if (aids) words = aids.getElementById("offline-words").dataset;
};

// Where cookies are blocked, to ask for it is an error. As in teduh.js, which brings this: two files with names by their
// content cannot name each other.
const findContainer = () => {
  try {
    return navigator.serviceWorker;
  } catch {
    return undefined;
  }
};
const container = findContainer();
// Soon again at first, then ever more seldom.
const [SOONEST, LATEST] = [2_000, 30_000];
// The browser may end the worker at any time, also before it answers.
const PATIENCE = 60_000;

// Ask the worker; its answer says what is kept, what waits, what was refused. Nothing when it does not answer.
const ask = async (order, values = {}, patience = PATIENCE) => {
  const late = new Promise((resolve) => setTimeout(resolve, patience));
  const { port1, port2 } = new MessageChannel();
  const told = new Promise((resolve) => (port1.onmessage = ({ data }) => resolve(data)));
  // After signing out there is none.
  container.ready.then(({ active }) => active?.postMessage({ order, ...values }, [port2]));
  return Promise.race([told, late]);
};

const say = async (name, { isError = false, link = "", href = PAGE } = {}) => {
  await learnWords();
  const notice = document.createElement("p");
  notice.className = isError ? "notice notice--error" : "notice";
  notice.id = "offline-notice";
  notice.textContent = words[name] ?? document.body.dataset.offline;
  if (link) {
    const way = document.createElement("a");
    way.href = href;
    way.textContent = words[link];
    notice.append(" ", way);
  }
  document.getElementById("offline-notice")?.remove();
  document.getElementById("notices")?.append(notice);
};

// --- What was done without a network ---

// A button whose act waits is not pressed again, and says why.
const mark = (waiting) => {
  document.querySelectorAll(".act-waits").forEach((sign) => sign.remove());
  for (const { act, article } of waiting) {
    // Saving has no article yet.
    const address = `/articles/${article}/${act}/`;
    const button = article && document.querySelector(`form[action="${address}"] [type=submit], [formaction="${address}"]`);
    if (!button) continue;
    button.disabled = true;
    button.after(Object.assign(document.createElement("span"), { className: "act-waits", textContent: words.waiting }));
  }
  // The list shows what was saved as well: live.js.
  document.dispatchEvent(new CustomEvent("marked", { detail: { waiting, sign: words.waiting } }));
};

// The page as it is now, where nobody is in the middle of something, nor was while it was fetched.
const isBusy = (part) => document.hidden || document.getElementById("links")?.value || part.querySelector("#entries input:checked, details[open], .htmx-request, :is(input, textarea):focus:not(#links)");
const refresh = async () => {
  const part = document.getElementById("page") ?? document.getElementById("foot-acts");
  if (!part || isBusy(part)) return false;
  const before = part.outerHTML;
  const answer = await fetch(location.href).catch(() => null);
  if (answer?.headers.get("Teduh-Person") !== person) return false;
  const text = await answer.text().catch(() => "");
  const fresh = new DOMParser().parseFromString(text, "text/html").getElementById(part.id);
  if (!fresh || !part.isConnected || part.outerHTML !== before || isBusy(part)) return false;
  const held = part.contains(document.activeElement) ? document.activeElement.id : "";
  part.replaceWith(fresh);
  window.htmx?.process(fresh);
  if (held) document.getElementById(held)?.focus({ preventScroll: true });
  document.dispatchEvent(new CustomEvent("in-place"));
  return true;
};
const tellRefused = () => isKeptPage() || say("refused", { isError: true, link: "look" });
const tellSent = async (isRefused) => {
  ask("told");
  const isShown = isKeptPage() || (await refresh());
  if (isRefused && !isKeptPage()) tellRefused();
  else say("sent", isShown ? {} : { link: "reload", href: location.href });
};

// Also under another address, which could not be reached.
const isKeptPage = () => Boolean(document.getElementById("kept"));
let show = () => {};
let known = [];
let toldRefused = 0;
let timer = null;
let pause = SOONEST;
const tell = async (state) => {
  // A page that was left open is told nothing of the next person's.
  if (!state || (person && state.person !== person)) return;
  const { waiting, refused, sent } = state;
  if (waiting.length) await learnWords();
  clearTimeout(timer);
  show(state);
  known = waiting;
  mark(waiting);
  if (sent && !waiting.length) tellSent(refused.length > 0);
  else if (refused.length > toldRefused) tellRefused();
  toldRefused = refused.length;
  if (waiting.length) timer = setTimeout(retry, pause);
  else pause = SOONEST;
};
const retry = async () => {
  clearTimeout(timer);
  pause = Math.min(LATEST, pause * 2);
  timer = setTimeout(retry, pause + PATIENCE);
  tell(await ask("send"));
};
container?.addEventListener("message", ({ data }) => tell(data));

// An act from this page found no network and waits now: the worker answered in the server's place.
const onWaiting = async (act) => {
  await tell(await ask("state"));
  if (act !== "progress") say("waits", { link: "look" });
};
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const act = detail.xhr?.getResponseHeader("Teduh-Waits");
  if (act) onWaiting(act);
  if (detail.xhr?.getResponseHeader("Teduh-Lost")) say("lost", { isError: true });
});
document.addEventListener("htmx:afterSwap", () => known.length && mark(known));
document.addEventListener("waits", ({ detail }) => onWaiting(detail));
document.addEventListener("lost", () => say("lost", { isError: true }));

// --- "Keep on this device" ---

const showPinned = (pinned = []) => {
  const button = document.getElementById("keep-offline");
  if (!button) return;
  button.hidden = false;
  button.setAttribute("aria-pressed", pinned.includes(Number(button.dataset.article)));
};
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("#keep-offline");
  if (!button) return;
  const isPinned = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", isPinned);
  await navigator.storage?.persist?.();
  const id = Number(button.dataset.article);
  const state = await ask("pin", { id, isPinned });
  showPinned(state?.pinned);
  if (!isPinned) return say("unkept");
  if (state?.kept.some((article) => article.id === id)) return say("kept");
  say(state?.isFull ? "full" : "notYet", { isError: state?.isFull });
});
const showAgain = async () => {
  if (!container) return;
  const state = await ask("state");
  showPinned(state?.pinned);
  if (state?.waiting.length) await learnWords();
  mark(state?.waiting ?? []);
};
document.addEventListener("in-place", showAgain);
document.addEventListener("arrived", showAgain);

// --- Signing out: what waits is sent, then everything here is forgotten ---

let isLeaving = false;
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (new URL(form.action, location.href).pathname !== "/accounts/logout/" || !container?.controller) return;
  event.preventDefault();
  // Pressed again on a slow line.
  if (isLeaving) return;
  isLeaving = true;
  const state = (await ask("send", {}, 8_000)) ?? (await ask("state", {}, 2_000));
  if (state?.waiting.length) await learnWords();
  if (state?.waiting.length && !confirm(words.leaving ?? document.body.dataset.offline)) return (isLeaving = false);
  await ask("forget", {}, 8_000);
  isLeaving = false;
  form.submit();
});

// --- Beginning ---

// The worker led here, and the address says why.
const tellWhy = () => {
  const why = new URLSearchParams(location.search);
  if (location.pathname !== PAGE) return;
  if (why.has("waits")) say("waits");
  if (why.has("lost")) say("lost", { isError: true });
  if (why.has("failed")) say("failed", { isError: true });
  if (why.has("left")) say("left");
};

// After everything that the person waits for.
const idle = new Promise((resolve) => {
  const wait = () => (window.requestIdleCallback ? requestIdleCallback(resolve, { timeout: 3000 }) : setTimeout(resolve, 500));
  document.readyState === "complete" ? wait() : addEventListener("load", wait);
});
const start = async () => {
  await idle;
  // Browsers look for a newer worker at every visit by themselves; to register again may wait for that.
  const registered = container.controller ?? (await container.register("/sw.js", { updateViaCache: "none" }));
  if (!registered) return;
  addEventListener("online", retry);
  const first = await ask("state");
  if (isKeptPage()) show = (await import("./kept.js")).begin(ask, tell);
  showPinned(first?.pinned);
  tellWhy();
  tell(first);
  tell(await ask("visit", { isWanted: isKeptPage() || location.pathname === "/preferences/" }));
};

// Private windows and blocked cookies: everything else works.
const tellUnable = () => document.getElementById("kept-unable")?.removeAttribute("hidden");
if (container) start().catch(tellUnable);
else tellUnable();
