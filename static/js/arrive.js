// What arrives while the page is open: the article itself, and its pictures. A part that waits says what it asks
// (data-ask) and after how many seconds (data-after); 204 means that nothing changed.

import { bringStyles } from "./parts.js";

const SOON = 1;
const LATER = 3;
const SOON_TIMES = 20;

const isBusy = (part) => document.hidden || part.querySelector("textarea:focus, #mark-tools:not([hidden])");

const put = async (part, page) => {
  const isArticle = part.id === "reading";
  const fresh = isArticle ? [page.getElementById("reading")] : [...page.body.children];
  if (!fresh[0]) return location.reload();
  await bringStyles(page);
  if (isArticle) document.dispatchEvent(new Event("arriving"));
  const focused = part.contains(document.activeElement) && document.activeElement.id;
  for (const each of fresh) document.getElementById(each.id)?.replaceWith(each);
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  document.dispatchEvent(new Event("arrived"));
  if (!isArticle) return;
  document.title = page.title;
  // The same words stay at the top.
  document.dispatchEvent(new Event("look"));
  // Said once, when the wait is over.
  if (!fresh[0].dataset.ask) document.getElementById("announcer").textContent = fresh[0].querySelector("h1").textContent;
};

const wait = (part, times = 0) => {
  const seconds = times ? (times < SOON_TIMES ? SOON : LATER) : Number(part.dataset.after);
  setTimeout(ask, seconds * 1000, part, times + 1);
};

const ask = async (part, times) => {
  if (!part.isConnected) return;
  if (isBusy(part)) return wait(part, times);
  let answer, text;
  try {
    answer = await fetch(part.dataset.ask, { headers: { "HX-Request": "true", "HX-Current-URL": location.href } });
    text = await answer.text();
  } catch {
    return wait(part, times);
  }
  // Whoever was signed out meanwhile signs in again; an article that is gone says so.
  const leave = answer.headers.get("HX-Redirect");
  if (leave) return location.assign(leave);
  if (answer.status === 404) return location.reload();
  // Nor is a stranger's answer one, as at the gate of a hotel's network.
  if (answer.status !== 200 || !answer.headers.has("Teduh-Person") || isBusy(part)) return wait(part, times);
  await put(part, new DOMParser().parseFromString(text, "text/html"));
};

const known = new WeakSet();
const start = () => {
  for (const part of document.querySelectorAll("[data-ask]")) {
    if (!known.has(part)) wait(part);
    known.add(part);
  }
};
document.addEventListener("arrived", start);
start();
