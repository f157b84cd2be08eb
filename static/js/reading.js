// Comforts of the reading page, and what brings the others when they are first wanted: highlights, reading aloud, large
// pictures, appearance, acts in place, keys. A page that is only read stays light.

import { fail } from "./teduh.js";

// --- Back to where one was in the list ---

document.addEventListener("click", (event) => {
  const back = event.target.closest?.("[data-back]");
  if (!back || event.ctrlKey || event.metaKey || event.shiftKey) return;
  // The list that one came from is still in the browser, with its place.
  if (document.referrer !== new URL(back.dataset.back, location.href).href || history.length < 2 || location.hash) return;
  event.preventDefault();
  history.back();
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

// Soft hyphens are for lines of equal length on this page alone.
document.addEventListener("copy", (event) => {
  const text = getSelection().toString();
  if (!text.includes("\xad") || event.target.closest?.("input, textarea")) return;
  event.preventDefault();
  event.clipboardData.setData("text/plain", text.replaceAll("\xad", ""));
});

// --- What comes when it is wanted ---

const wanted = {
  marks: ".prose mark[data-mark], #highlights [data-edit-mark]",
  listen: "[data-listen]:not([hidden])",
  thrift: "#article a.picture--waiting",
  pictures: "#article a.picture:not(.picture--waiting)",
  acts: "a[data-in-place], [data-copy]",
  look: ".panel:not([open]) > summary",
  device: 'body[data-device="asked"] #keep-offline',
};
const there = new Set();
const bring = async (name) => {
  if (there.has(name)) return;
  await (await import("./later.js")).load(name);
  there.add(name);
};

// What was pressed and waits for its module: pressed again meanwhile, it is done once all the same.
const waiting = new Set();

document.addEventListener("click", async (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  for (const [name, selector] of Object.entries(wanted)) {
    const pressed = !there.has(name) && event.target.closest?.(selector);
    // A mark in a link of the article's is a link first.
    if (!pressed || (pressed.localName === "mark" && pressed.closest("a"))) continue;
    event.preventDefault();
    if (waiting.has(pressed)) continue;
    waiting.add(pressed);
    try {
      await bring(name);
      pressed.click();
    } catch {
      if (pressed.href) location.assign(pressed.href);
      else fail();
      // It has the way to the page that does the same.
      if (name === "look") pressed.parentElement.open = true;
    } finally {
      waiting.delete(pressed);
    }
  }
});

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const name = form.dataset.inPlace ? "acts" : "marks";
  if (there.has(name) || !form.closest("#highlights, [data-in-place]")) return;
  event.preventDefault();
  if (waiting.has(form)) return;
  waiting.add(form);
  const isThere = await bring(name).then(() => true, () => false);
  waiting.delete(form);
  // Without it, the form goes its own way this time.
  there.add(name);
  form.requestSubmit(event.submitter);
  if (!isThere) there.delete(name);
});

const lookAtSelection = () => {
  const selection = getSelection();
  const prose = document.querySelector("#reading .prose");
  if (selection.isCollapsed || !prose?.contains(selection.anchorNode)) return;
  // A report that is begun after this is about it.
  document.getElementById("foot").dataset.marked = selection.toString().replaceAll("\xad", "").trim().slice(0, 2000);
  bring("marks").catch(() => {});
};
document.addEventListener("selectionchange", lookAtSelection);
// Also what was selected before this ran.
lookAtSelection();

// Asked for once: a key that was pressed later is never done before.
let keys;
document.addEventListener("key", ({ detail: { key } }) => {
  if (key === "Escape") closePanels();
  else if (/^[a-z+=-]$/.test(key))
    (keys ??= import("./keys.js"))
      .then(({ press }) => press(key, bring))
      .catch(() => {
        keys = null;
        fail();
      });
});

// --- What only a script can do; also on an article that arrives later ---

const begin = () => {
  bar()?.classList.add("is-along");
  document.getElementById("copying")?.removeAttribute("hidden");
  if (document.body.dataset.device === "asked" && navigator.serviceWorker) document.getElementById("keep-offline")?.removeAttribute("hidden");
  const opener = document.getElementById("listen-open");
  if (!opener || !window.speechSynthesis) return;
  opener.hidden = false;
  // The article before this one was listened to.
  if (!sessionStorage.getItem("listen")) return;
  sessionStorage.removeItem("listen");
  opener.click();
};
document.addEventListener("arrived", begin);
begin();
