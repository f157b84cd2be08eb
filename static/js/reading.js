// Comforts of the reading page: keys and the bar that comes along.
//
// A key is an element with data-key: pressing the key clicks it. Modules that bring keys of their own give their
// buttons one. The paragraph that is meant is the one with the focus: see `current`.

const inField = (target) =>
  target instanceof Element && target.closest("input:not([type=range], [type=checkbox], [type=radio]), textarea, select, [contenteditable], dialog");
const calm = matchMedia("(prefers-reduced-motion: reduce)");

// --- Paragraph by paragraph ---

const blocks = () => [...document.querySelectorAll("#article .prose > :not(hr)")].filter((block) => block.offsetHeight);
const line = () => (document.getElementById("reading-bar")?.offsetHeight ?? 0) + 16;
const current = () => document.activeElement?.closest?.("#article .prose > *") ?? null;

const move = (step) => {
  const all = blocks();
  const from = current();
  // Without a paragraph, the one under the bar is the last that was read.
  const reached = all.findIndex((block) => block.getBoundingClientRect().bottom > line());
  const index = from ? all.indexOf(from) + step : step > 0 ? reached : reached - 1;
  const next = all[index];
  if (!next) return;
  if (!next.hasAttribute("tabindex")) next.tabIndex = -1;
  next.focus({ preventScroll: true });
  const frame = next.getBoundingClientRect();
  if (frame.top < line() || frame.bottom > innerHeight - 24)
    scrollTo({ top: scrollY + frame.top - Math.max(line(), (innerHeight - frame.height) / 3), behavior: calm.matches ? "instant" : "smooth" });
};

// --- Larger, smaller ---

const resize = (step) => {
  const size = document.getElementById("text_size");
  if (!size) return;
  size.valueAsNumber += step;
  size.dispatchEvent(new Event("input", { bubbles: true }));
};

// --- Back to where one was in the list ---

document.addEventListener("click", (event) => {
  const back = event.target.closest?.("[data-back]");
  if (!back || event.ctrlKey || event.metaKey || event.shiftKey) return;
  // The list that one came from is still in the browser, with its place.
  if (document.referrer !== new URL(back.dataset.back, location.href).href || history.length < 2 || location.hash) return;
  event.preventDefault();
  history.back();
});

// --- Keys ---

const acts = {
  j: () => move(1),
  k: () => move(-1),
  "+": () => resize(1),
  "=": () => resize(1),
  "-": () => resize(-1),
  b: () => document.querySelector("[data-back]")?.click(),
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
  if (inField(event.target)) return;
  if (event.key === "Escape") return closePanels();
  if (!/^[a-z+=-]$/.test(event.key)) return;
  const pressed = acts[event.key] ?? (() => document.querySelector(`#reading [data-key="${event.key}"]`)?.click());
  pressed();
});

// --- The bar and its panels ---

const bar = () => document.getElementById("reading-bar");
let lastTop = scrollY;
addEventListener("scroll", () => {
  if (Math.abs(scrollY - lastTop) < 12) return;
  bar()?.classList.toggle("is-away", scrollY > lastTop && scrollY > 200);
  lastTop = scrollY;
}, { passive: true });

const closePanels = (except = null) => {
  for (const panel of document.querySelectorAll(".panel[open]")) {
    if (panel === except) continue;
    const held = panel.contains(document.activeElement);
    panel.open = false;
    if (held) panel.querySelector("summary").focus();
  }
};
// Looking or tabbing elsewhere closes them: they would hide what has the focus.
for (const kind of ["click", "focusin"]) document.addEventListener(kind, (event) => closePanels(event.target.closest?.(".panel")));

// --- What is said while one is amid the text: in sight for a while, and moving nothing ---

const notices = document.getElementById("notices");
let quiet = 0;
new MutationObserver(() => {
  clearTimeout(quiet);
  notices.classList.toggle("is-along", Boolean(notices.firstElementChild));
  quiet = setTimeout(() => {
    notices.classList.remove("is-along");
    // What leads somewhere waits above the article.
    if (!notices.querySelector("a")) notices.replaceChildren();
  }, 8000);
}).observe(notices, { childList: true });

// What only a script can do; also on an article that arrives later.
const begin = () => {
  bar()?.classList.add("is-along");
  document.getElementById("copying")?.removeAttribute("hidden");
};
document.addEventListener("arrived", begin);
begin();

// Soft hyphens are for lines of equal length on this page alone.
document.addEventListener("copy", (event) => {
  const text = getSelection().toString();
  if (!text.includes("\xad") || inField(event.target)) return;
  event.preventDefault();
  event.clipboardData.setData("text/plain", text.replaceAll("\xad", ""));
});
