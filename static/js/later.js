// What is fetched when it is first wanted: highlights, reading aloud, large pictures, appearance, acts in place. A page
// that is only read stays light.

// Each by the element that tells its addresses, and what wants it when it is pressed.
const wanted = {
  "mark-tools": ".prose mark[data-mark], #highlights [data-edit-mark], #mark-tools [data-mark-act]",
  listen: "[data-listen]",
  lightbox: "#article a.picture",
  foot: "a[data-in-place], [data-copy]",
  look: ".panel:not([open]) > summary",
};
const there = new Set();

const addStyle = (address) =>
  new Promise((resolve, reject) => {
    if (document.querySelector(`link[href="${address}"]`)) return resolve();
    const sheet = document.createElement("link");
    [sheet.rel, sheet.href, sheet.onload] = ["stylesheet", address, resolve];
    sheet.onerror = () => {
      sheet.remove();
      reject(new Error(address));
    };
    document.head.append(sheet);
  });

const load = async (name) => {
  const { module, style } = document.getElementById(name).dataset;
  if (style) await addStyle(style);
  await import(module);
  there.add(name);
};
const fail = () => document.dispatchEvent(new CustomEvent("failed"));

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
      await load(name);
      pressed.click();
    } catch {
      if (pressed.href) location.assign(pressed.href);
      else fail();
      if (name === "look") openPlainly(pressed.parentElement);
    } finally {
      waiting.delete(pressed);
    }
  }
});

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const name = form.dataset.inPlace ? "foot" : "mark-tools";
  if (there.has(name) || !form.closest("#highlights, [data-in-place]")) return;
  event.preventDefault();
  if (waiting.has(form)) return;
  waiting.add(form);
  try {
    await load(name);
  } catch {
    // The form goes its own way then, as without a script.
    there.add(name);
  }
  waiting.delete(form);
  form.requestSubmit(event.submitter);
});

const lookAtSelection = () => {
  const selection = getSelection();
  const prose = document.querySelector("#reading .prose");
  if (selection.isCollapsed || !prose?.contains(selection.anchorNode)) return;
  // A report that is begun after this is about it.
  document.getElementById("foot").dataset.marked = selection.toString().replaceAll("\xad", "").trim().slice(0, 2000);
  if (!there.has("mark-tools")) load("mark-tools").catch(() => {});
};
document.addEventListener("selectionchange", lookAtSelection);
// Also what was selected before this ran.
lookAtSelection();

// --- The appearance: its module comes when the panel opens, or with the first key that changes the size ---

// Its button is for those without a script, and for a module that does not come.
const setKeep = (isHidden) => document.getElementById("keep-look")?.toggleAttribute("hidden", isHidden);
const openPlainly = (panel) => {
  setKeep(false);
  panel.open = true;
};
const loadLook = () =>
  load("look").catch(() => {
    setKeep(false);
    fail();
  });
document.addEventListener("arrived", () => setKeep(true));
setKeep(true);
document.addEventListener("input", async ({ target }) => {
  if (there.has("look") || !target.dataset?.look) return;
  await loadLook();
  if (there.has("look")) target.dispatchEvent(new Event("input", { bubbles: true }));
});

const start = () => {
  const opener = document.getElementById("listen-open");
  if (!opener || !window.speechSynthesis) return;
  opener.hidden = false;
  // The article before this one was listened to.
  if (!sessionStorage.getItem("listen")) return;
  sessionStorage.removeItem("listen");
  opener.click();
};
document.addEventListener("arrived", start);
start();
