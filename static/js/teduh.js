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

// --- Who sits here next finds nothing of the person before, also where browsers do not forget by themselves (http) ---

const { dataset } = document.body;
const here = dataset.person ?? "nobody";
// Whether this is still that person's tab; a page of the device's own does not tell whose it is.
export const isTheirs = () => {
  try {
    return sessionStorage.getItem("person") === here;
  } catch {
    return true;
  }
};
if (!isTheirs() && (dataset.person || !dataset.device)) {
  if (sessionStorage.getItem("person")) localStorage.clear();
  sessionStorage.clear();
  sessionStorage.setItem("person", here);
}
// A page that the browser brings back as it was.
addEventListener("pageshow", ({ persisted }) => {
  if (!persisted || isTheirs() || !dataset.person) return;
  document.documentElement.hidden = true;
  location.reload();
});

// --- What failed says so where one looks: `failed` tells the words, or the answer of the server, if there was one ---

const isOfBefore = (answer) => answer?.status === 403 || answer?.headers?.get("Teduh-Person") === "nobody";
document.addEventListener("failed", ({ detail: why }) => {
  const notices = document.getElementById("notices");
  if (!notices) return;
  const notice = document.createElement("p");
  notice.className = "notice notice--error";
  const { before, gone, offline } = dataset;
  const told = isOfBefore(why) ? before : why?.status === 404 ? gone : offline;
  notice.textContent = typeof why === "string" ? why : told ?? offline;
  notices.replaceChildren(notice);
  notice.classList.toggle("notice--floats", notice.getBoundingClientRect().bottom < 0);
});
export const fail = () => document.dispatchEvent(new CustomEvent("failed"));

// --- Keys: "g" and a letter lead to a list, "?" shows the keys; all others are told to whatever has some (`key`) ---

export const inField = (target) =>
  target instanceof Element && target.closest("input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable], dialog");

let wentAt = -Infinity;
document.addEventListener("keydown", (event) => {
  const { key, timeStamp } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented || inField(event.target)) return;
  const isGoing = timeStamp - wentAt < 1200;
  wentAt = key === "g" && !isGoing ? timeStamp : -Infinity;
  const link = isGoing && /^[a-z]$/.test(key) && document.querySelector(`.tabs [data-go="${key}"]`);
  if (link) {
    event.preventDefault();
    link.click();
  } else if (key === "?") import("./sheet.js").then((sheet) => sheet.show()).catch(fail);
  else document.dispatchEvent(new CustomEvent("key", { detail: event }));
});

// --- Without a network: see offline.js, which comes when it is of use ---

const bring = () => import("./offline.js").catch(() => {});
// Where cookies are blocked, to ask for it is an error.
const findWorkers = () => {
  try {
    return navigator.serviceWorker;
  } catch {
    return undefined;
  }
};
const workers = findWorkers();
// A worker has it on the device. Without one it comes last, and where data is saved, when it is asked for.
if (dataset.device) {
  workers?.addEventListener("controllerchange", bring);
  if (workers?.controller) bring();
  else if (dataset.device === "last") addEventListener("load", bring);
}
