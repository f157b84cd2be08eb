// Comforts of the reading list: keys, many at once, saving by pasting or dropping. All of it can be done without.

import { inField, isTheirs } from "./teduh.js";

// --- Which entry is meant: the one with the focus ---

const current = () => document.activeElement?.closest?.("#entries > .entry") ?? null;
const focusOn = (row, options) => (row.querySelector(".entry-title a") ?? row.querySelector(".pick input, a"))?.focus(options);

// From an entry that went just now to the one that stood beside it; from the last one to what brings older ones.
const move = (step) => {
  const rows = [...document.querySelectorAll("#entries > li")];
  const from = document.activeElement?.closest?.("#entries > li");
  let index = from ? rows.indexOf(from) : step > 0 ? -1 : rows.length;
  do index += step;
  while (rows[index]?.classList.contains("entry--gone"));
  if (!rows[index]) return;
  focusOn(rows[index]);
  rows[index].scrollIntoView({ block: "nearest" });
};

// What was pressed to bring older entries is gone then: go on with the first of them.
let lastBefore = null;
let brought = 0;
let isComingBack = false;
document.addEventListener("htmx:beforeRequest", ({ target }) => {
  lastBefore = target.closest("#older")?.previousElementSibling ?? null;
});
document.addEventListener("htmx:afterSwap", () => {
  const first = lastBefore?.nextElementSibling;
  if (lastBefore) brought += 1;
  lastBefore = null;
  if (first?.matches(".entry") && !current() && !isComingBack) focusOn(first, { preventScroll: true });
});

// --- As one left it: who comes back from an article, or acts on many, is where one was, older entries and all ---

const MOST_BROUGHT = 10;
const here = () => {
  const address = new URL(location.href);
  for (const told of ["many", "undo", "former"]) address.searchParams.delete(told);
  return address.pathname + address.search;
};
// Where a browser keeps nothing, one begins at the top.
const kept = (value) => {
  try {
    if (value) sessionStorage.setItem("list", JSON.stringify(value));
    return JSON.parse(sessionStorage.getItem("list"));
  } catch {
    return null;
  }
};
const comesBack = (last) =>
  last.hasActed ||
  ["back_forward", "reload"].includes(performance.getEntriesByType("navigation")[0]?.type) ||
  document.referrer.startsWith(`${location.origin}/articles/`);
const bringOlder = () =>
  new Promise((resolve) => {
    const link = document.querySelector("#older a");
    if (!link) return resolve(false);
    link.addEventListener("htmx:afterRequest", ({ detail }) => resolve(detail.successful), { once: true });
    link.click();
  });
// The entry with the focus, or that was picked last, and those that follow should it go.
const describe = () => {
  const rows = [...document.querySelectorAll("#entries > .entry")];
  const from = rows.indexOf(current() ?? lastPicked?.closest(".entry"));
  const ids = from < 0 ? [] : rows.slice(from, from + 21).map((row) => row.id);
  const first = rows.find((row) => row.getBoundingClientRect().bottom > 0);
  const seen = first && { id: first.id, top: first.getBoundingClientRect().top };
  return { address: here(), brought, top: scrollY, seen, hasActed, rows: ids };
};
const restore = async (last) => {
  isComingBack = true;
  while (last.top > innerHeight && brought < Math.min(last.brought, MOST_BROUGHT) && (await bringOlder()));
  isComingBack = false;
  // What stands above may have changed meanwhile: the entry that was the first in sight is so again.
  const first = last.top ? document.getElementById(last.seen?.id) : null;
  scrollTo(0, first ? scrollY + first.getBoundingClientRect().top - last.seen.top : last.top);
  const row = last.rows.map((id) => document.getElementById(id)).find((found) => found);
  if (row && !current()) focusOn(row, { preventScroll: true });
  showNotice();
};
let hasActed = false;
document.addEventListener("submit", (event) => {
  hasActed = !event.defaultPrevented && event.target.method === "post" && !event.target.querySelector("#links");
});
addEventListener("pagehide", () => document.getElementById("entries") && isTheirs() && kept(describe()));
addEventListener("pageshow", ({ persisted }) => {
  const last = kept();
  if (!persisted && last?.address === here() && comesBack(last)) restore(last);
});
// An act that brings the whole list anew: the browser would hold on to what stood there and goes.
let swapped = null;
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target.id !== "page" || !detail.shouldSwap) return;
  swapped = describe();
  brought = 0;
});
document.addEventListener("htmx:afterSettle", () => {
  const last = swapped;
  swapped = null;
  if (last) restore(last);
});

// What is told of an act is in sight where one is.
const showNotice = () => {
  const notice = document.getElementById("notices")?.lastElementChild;
  notice?.classList.toggle("notice--floats", notice.getBoundingClientRect().bottom < 0);
};
document.addEventListener("htmx:afterSwap", ({ target }) => target.id === "notices" && showNotice());

const press = (key) => (current()?.querySelector(`[data-key="${key}"]`))?.click();

// As a click on its box would, with Shift all from the one picked before.
const pick = (event) => {
  const options = { bubbles: true, cancelable: true, shiftKey: event.shiftKey };
  current()?.querySelector(".pick input")?.dispatchEvent(new MouseEvent("click", options));
};

const undo = () => {
  const offers = [...document.querySelectorAll('[data-key="u"]')];
  (current()?.querySelector('[data-key="u"]') ?? offers.at(-1))?.click();
};

const search = () => {
  const box = document.getElementById("search") ?? document.querySelector("[type=search]");
  if (box) return box.focus();
  const tools = document.querySelector(".tools");
  if (!tools) return;
  tools.open = true;
  tools.querySelector("select").focus();
};

// --- Keys ---

const acts = {
  j: () => move(1),
  k: () => move(-1),
  o: () => current()?.querySelector(".entry-title a")?.click(),
  x: pick,
  X: pick,
  u: undo,
  "/": search,
  Escape: () => document.getElementById("many")?.reset(),
};

document.addEventListener("key", ({ detail: event }) => {
  const { key } = event;
  if (!document.getElementById("entries") && key !== "/") return;
  if (acts[key]) {
    event.preventDefault();
    acts[key](event);
  } else if (["a", "s", "t", "d"].includes(key)) {
    event.preventDefault();
    press(key);
  }
});

// Enter in the field of the tag gives it, and on the box of an entry opens that; Escape leaves an entry's tags alone.
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") event.target.closest?.(".tags-form")?.querySelector("a")?.click();
  if (event.key !== "Enter" || event.isComposing || event.defaultPrevented) return;
  if (event.target.id === "many-tag") {
    event.preventDefault();
    event.target.form.requestSubmit(event.target.form.querySelector("[value=tag]"));
  } else if (event.target.name === "ids") acts.o();
});

// --- Many at once: shift picks all between ---

let lastPicked = null;
document.addEventListener("click", (event) => {
  const box = event.target;
  if (!(box instanceof HTMLInputElement) || box.name !== "ids") return;
  const all = [...document.querySelectorAll("#entries .pick input")];
  if (event.shiftKey && lastPicked && all.includes(lastPicked)) {
    const [first, last] = [all.indexOf(lastPicked), all.indexOf(box)].sort((a, b) => a - b);
    all.slice(first, last + 1).forEach((other) => (other.checked = box.checked));
  }
  lastPicked = box;
});

// The first choice of the bar tells how many are picked.
const tellPicked = () => {
  const choice = document.querySelector("#many-scope [value=ids]");
  if (!choice) return;
  choice.dataset.words ??= choice.textContent;
  const count = document.querySelectorAll("#entries .pick :checked").length;
  choice.textContent = count ? `${choice.dataset.words} (${count})` : choice.dataset.words;
};
document.addEventListener("change", (event) => event.target.name === "ids" && tellPicked());
document.addEventListener("reset", () => setTimeout(tellPicked));
document.addEventListener("htmx:afterSwap", tellPicked);
addEventListener("pageshow", tellPicked);

// An entry that was fetched comes anew: still picked, with the focus. Where one writes its tags, it stays as it is.
let heldIn = "";
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const { target: row, fragment } = event.detail;
  const box = row.matches(".entry") && row.querySelector(".pick input");
  if (!box) return;
  if (row.querySelector(".tags-form")) return event.preventDefault();
  const fresh = fragment.querySelector(".pick input");
  fresh.checked = box.checked;
  if (lastPicked === box) lastPicked = fresh;
  heldIn = row.contains(document.activeElement) ? `#${row.id} ${document.activeElement === box ? ".pick input" : ".entry-title a"}` : "";
});
document.addEventListener("htmx:oobAfterSwap", () => {
  if (heldIn) document.querySelector(heldIn)?.focus({ preventScroll: true });
  heldIn = "";
});

// --- Saving: paste anywhere, or drop a link ---

const save = (text) => {
  const box = document.getElementById("links");
  if (!box || !/https?:\/\//i.test(text)) return false;
  const written = box.value;
  // In the hidden box is what was not sent yet.
  box.value = box.hidden && written ? `${written}\n${text}` : text;
  box.form.requestSubmit();
  // What is sent leaves the box at once; what one was writing there stays.
  if (!box.hidden && !box.value) box.value = written;
  return true;
};
const hiddenBox = ({ detail }) => detail.requestConfig.elt.querySelector("#links[hidden]");
document.addEventListener("htmx:beforeSend", (event) => {
  const box = hiddenBox(event);
  if (box) [box.dataset.sent, box.value] = [box.value, ""];
});
document.addEventListener("htmx:afterRequest", (event) => {
  const box = hiddenBox(event);
  if (box && !event.detail.successful) box.value = `${box.dataset.sent}\n${box.value}`;
});

document.addEventListener("paste", (event) => {
  if (inField(event.target)) return;
  if (save(event.clipboardData?.getData("text/plain") ?? "")) event.preventDefault();
});

const brings = (event) => [...(event.dataTransfer?.types ?? [])].some((type) => type === "text/uri-list" || type === "text/plain");
const isOurs = (event) => document.getElementById("links") && !inField(event.target) && brings(event);
let isFromHere = false;
document.addEventListener("dragstart", () => (isFromHere = true));
document.addEventListener("dragend", () => (isFromHere = false));
document.addEventListener("dragover", (event) => {
  if (isFromHere || !isOurs(event)) return;
  event.preventDefault();
  document.body.classList.add("dropping");
});
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) document.body.classList.remove("dropping");
});
document.addEventListener("drop", (event) => {
  document.body.classList.remove("dropping");
  if (isFromHere || !isOurs(event)) return;
  event.preventDefault();
  save(event.dataTransfer.getData("text/uri-list") || event.dataTransfer.getData("text/plain"));
});
