// Keys of the reading page. Most click an element with data-key; modules that bring keys of their own give their
// buttons one. The paragraph that is meant is the one with the focus: see `current`.

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

const resize = async (step, bring) => {
  await bring("look");
  const size = document.getElementById("text_size");
  if (!size) return;
  size.valueAsNumber += step;
  size.dispatchEvent(new Event("input", { bubbles: true }));
};

const acts = {
  j: () => move(1),
  k: () => move(-1),
  "+": (bring) => resize(1, bring),
  "=": (bring) => resize(1, bring),
  "-": (bring) => resize(-1, bring),
  b: () => document.querySelector("[data-back]")?.click(),
};

// The caller gives the way to bring what is not there yet.
export const press = async (key, bring) => {
  if (acts[key]) return acts[key](bring);
  if ("hn".includes(key)) await bring("marks");
  document.querySelector(`#reading [data-key="${key}"]`)?.click();
};
