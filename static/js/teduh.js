// Small comforts; every page works without them.

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

// A table or code that is wider than the text is scrolled by keys as well, in every browser.
const letScroll = () => {
  for (const part of document.querySelectorAll(".prose :is(table, pre)")) {
    if (part.scrollWidth > part.clientWidth) part.tabIndex = 0;
    else if (part.tabIndex === 0) part.tabIndex = -1;
  }
};
for (const kind of ["resize", "load"]) addEventListener(kind, letScroll);
for (const kind of ["look", "arrived"]) document.addEventListener(kind, letScroll);
letScroll();

// --- What failed says so where one looks: `failed` tells the words, or the answer of the server, if there was one ---

const isOfBefore = (answer) => answer?.status === 403 || answer?.headers?.get("Teduh-Person") === "nobody";
document.addEventListener("failed", ({ detail: why }) => {
  const notices = document.getElementById("notices");
  if (!notices) return;
  const notice = document.createElement("p");
  notice.className = "notice notice--error";
  const { before, gone, offline } = document.body.dataset;
  const told = isOfBefore(why) ? before : why?.status === 404 ? gone : offline;
  notice.textContent = typeof why === "string" ? why : told ?? offline;
  notices.replaceChildren(notice);
  notice.classList.toggle("notice--floats", notice.getBoundingClientRect().bottom < 0);
});
const fail = (why) => document.dispatchEvent(new CustomEvent("failed", { detail: why }));

// --- Keys of every page: "g" and a letter lead to a list, "?" shows the keys ---

const showKeys = async () => {
  const address = document.querySelector("a[data-go='?']")?.href;
  if (!address) return;
  const answer = await fetch(address);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const keys = page.getElementById("key-sheet");
  if (!keys) return fail(answer);
  const sheet = document.createElement("dialog");
  sheet.className = "key-sheet";
  sheet.setAttribute("aria-label", page.querySelector("h1").textContent);
  sheet.append(keys);
  const close = sheet.querySelector(".key-close");
  close.hidden = false;
  sheet.addEventListener("close", () => sheet.remove());
  sheet.addEventListener("click", (event) => [sheet, close].includes(event.target) && sheet.close());
  document.body.append(sheet);
  sheet.tabIndex = -1;
  sheet.showModal();
  // Reading begins at the dialog, not at the button at its end.
  sheet.focus();
};

let coming = null;
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
  } else if (event.key === "?") coming ??= showKeys().catch(() => fail()).finally(() => (coming = null));
});
