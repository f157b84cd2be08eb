// Small comforts; every page works without them.

// The paste box grows where the browser cannot do it by itself, and Enter sends.
const canGrow = CSS.supports("field-sizing", "content");

document.addEventListener("input", (event) => {
  const box = event.target;
  if (box.id !== "links" || canGrow) return;
  // Enough of the text to fill the tallest box, at some forty characters a line.
  const lines = box.value.slice(0, 400).split("\n");
  box.rows = Math.min(8, lines.reduce((rows, line) => rows + 1 + Math.floor(line.length / 40), 0));
});

document.addEventListener("keydown", (event) => {
  const box = event.target;
  if (box.id !== "links" || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  if (box.value.trim()) box.form.requestSubmit();
});

// Nobody looks: ask nothing.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (document.hidden && event.detail.requestConfig.verb === "get") event.preventDefault();
});

// A request that fails says so, instead of doing nothing. Progress asks again by itself.
const tellFailure = (event) => {
  if (event.detail.requestConfig?.verb === "get") return;
  const notice = document.createElement("p");
  notice.className = "notice notice--error";
  notice.textContent = document.body.dataset.offline;
  document.getElementById("notices")?.replaceChildren(notice);
};
document.addEventListener("htmx:sendError", tellFailure);
document.addEventListener("htmx:responseError", tellFailure);

// An open menu closes when one looks elsewhere.
document.addEventListener("click", (event) => {
  const menu = document.querySelector("details.account[open]");
  if (menu && !menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  const menu = document.querySelector("details.account[open]");
  if (event.key !== "Escape" || !menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// On a phone the tabs scroll: the one that is shown is in sight.
const shown = document.querySelector(".tabs [aria-current]");
if (shown) shown.parentElement.scrollLeft = shown.offsetLeft - (shown.parentElement.clientWidth - shown.offsetWidth) / 2;

// --- Keys of every page: "g" and a letter lead to a list, "?" shows the keys ---

const showKeys = async () => {
  const address = document.querySelector("a[data-go='?']")?.href;
  if (!address) return;
  const answer = await fetch(address);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const sheet = document.createElement("dialog");
  sheet.className = "key-sheet";
  sheet.setAttribute("aria-label", page.querySelector("h1").textContent);
  sheet.append(page.getElementById("key-sheet"));
  sheet.addEventListener("close", () => sheet.remove());
  sheet.addEventListener("click", (event) => event.target === sheet && sheet.close());
  document.body.append(sheet);
  sheet.tabIndex = -1;
  sheet.showModal();
};

let wentAt = 0;
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target instanceof Element && event.target.closest("input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable], dialog")) return;
  const isGoing = Date.now() - wentAt < 1200;
  wentAt = event.key === "g" && !isGoing ? Date.now() : 0;
  const link = isGoing && /^[a-z]$/.test(event.key) ? document.querySelector(`.tabs [data-go="${event.key}"]`) : null;
  if (link) {
    event.preventDefault();
    link.click();
  } else if (event.key === "?") showKeys();
});
