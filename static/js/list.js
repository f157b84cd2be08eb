// Comforts of the reading list: keys, many at once, saving by pasting or dropping. All of it can be done without.

const inField = (target) =>
  target instanceof Element && target.closest("input:not([type=checkbox]), textarea, select, [contenteditable], dialog");

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
document.addEventListener("htmx:beforeRequest", ({ target }) => {
  lastBefore = target.closest("#older")?.previousElementSibling ?? null;
});
document.addEventListener("htmx:afterSwap", () => {
  const first = lastBefore?.nextElementSibling;
  lastBefore = null;
  if (first?.matches(".entry") && !current()) focusOn(first, { preventScroll: true });
});

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

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || inField(event.target)) return;
  const key = event.key;
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

// --- Saving: paste anywhere, or drop a link ---

// Where the form leads away, what follows at once is sent with what was sent before.
let isLeaving = false;
addEventListener("pageshow", () => (isLeaving = false));
const save = (text) => {
  const box = document.getElementById("links");
  if (!box || !/https?:\/\//i.test(text)) return false;
  box.value = isLeaving ? `${box.value}\n${text}` : text;
  isLeaving = !box.form.matches("[hx-post]");
  box.form.requestSubmit();
  return true;
};

document.addEventListener("paste", (event) => {
  if (inField(event.target)) return;
  if (save(event.clipboardData?.getData("text/plain") ?? "")) event.preventDefault();
});

// One stays where one is; what is told of it is in sight there.
document.addEventListener("htmx:afterSwap", ({ target }) => {
  if (target.id !== "notices") return;
  const notice = target.lastElementChild;
  notice?.classList.toggle("notice--floats", notice.getBoundingClientRect().bottom < 0);
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
