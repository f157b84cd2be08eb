// Highlights and reading aloud are fetched when they are first wanted: a page that is only read stays light.

// Each by the element that tells its address, and what wants it when it is pressed.
const wanted = {
  "mark-tools": ".prose mark[data-mark], #highlights [data-edit-mark], #mark-tools [data-mark-act]",
  listen: "[data-listen]",
};
const there = new Set();

const load = async (name) => {
  await import(document.getElementById(name).dataset.module);
  there.add(name);
};
const fail = () => {
  const notice = document.createElement("p");
  notice.className = "notice notice--error";
  notice.textContent = document.body.dataset.offline;
  document.getElementById("notices")?.replaceChildren(notice);
};

document.addEventListener("click", async (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  for (const [name, selector] of Object.entries(wanted)) {
    const pressed = !there.has(name) && event.target.closest?.(selector);
    // A mark in a link of the article's is a link first.
    if (!pressed || (pressed.localName === "mark" && pressed.closest("a"))) continue;
    event.preventDefault();
    try {
      await load(name);
      pressed.click();
    } catch {
      if (pressed.href) location.assign(pressed.href);
      else fail();
    }
  }
});

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (there.has("mark-tools") || !form.closest("#highlights")) return;
  event.preventDefault();
  try {
    await load("mark-tools");
    form.requestSubmit(event.submitter);
  } catch {
    form.submit();
  }
});

document.addEventListener("selectionchange", () => {
  const selection = getSelection();
  const prose = document.querySelector("#reading .prose");
  if (there.has("mark-tools") || selection.isCollapsed || !prose?.contains(selection.anchorNode)) return;
  load("mark-tools").catch(() => {});
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
document.addEventListener("htmx:afterSwap", start);
start();
