// Where htmx is: the paste box, requests that nobody waits for, requests that fail.

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

// --- One link after the other: what is sent leaves the box at once, and what is written meanwhile stays in it ---

// What is on its way, by which request, and what follows it.
let sending = null;
let carrier = null;
let next = "";
const findBox = () => document.querySelector("#paste textarea");
const isPaste = ({ detail }) => detail.requestConfig.elt.id === "paste";
const join = (...texts) => texts.filter((text) => text.trim()).join("\n");
const write = (text) => {
  const box = findBox();
  if (!box) return;
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
};
const goOn = () => {
  const box = findBox();
  if (!next || !box) return;
  const written = box.value;
  write(next);
  next = "";
  box.form.requestSubmit();
  write(written);
};

const post = (form, text) => {
  const body = new FormData(form);
  body.set("links", text);
  fetch(form.action, { method: "POST", body, keepalive: true, headers: { "HX-Request": "true", "HX-Target": "page" } }).catch(() => {});
};
// Who goes elsewhere meanwhile has pressed Save all the same; what is sent twice is there once.
addEventListener("pagehide", () => {
  const form = findBox()?.form;
  if (form) [sending, next].filter(Boolean).forEach((text) => post(form, text));
  [sending, next] = [null, ""];
});

// The session ended: the page that comes gives back what was sent, and here what was to follow is added to it.
const giveBack = () => {
  const form = document.getElementById("links")?.form;
  const rest = form && join(next, form.querySelector("#links").value);
  if (!rest) return;
  [sending, next] = [null, ""];
  post(form, rest);
  document.addEventListener("htmx:afterSettle", () => {
    const shown = document.querySelector(".written textarea");
    if (shown) shown.value = `${shown.value}\n\n${rest}`;
  }, { once: true });
};

document.addEventListener("submit", (event) => {
  if (event.target.id !== "paste" || sending === null) return;
  event.preventDefault();
  event.stopPropagation();
  next = join(next, findBox().value);
  write("");
}, true);
// No list came: it failed, the worker keeps it for later, or another act brought the list anew meanwhile. That of the
// one before ends when the next is on its way already.
const end = (xhr) => {
  if (xhr !== carrier || sending === null) return;
  if (xhr.status < 200 || xhr.status >= 400) {
    write(join(sending, next, findBox()?.value ?? ""));
    next = "";
  }
  sending = null;
  goOn();
};
document.addEventListener("htmx:beforeSend", (event) => {
  if (!isPaste(event)) return;
  const { xhr } = event.detail;
  [sending, carrier] = [findBox().value, xhr];
  write("");
  xhr.addEventListener("loadend", () => end(xhr));
});
// The list that comes has a box of its own, with what was refused.
let written = null;
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target.id === "main" && event.detail.shouldSwap) return giveBack();
  if (event.detail.target.id !== "page" || !event.detail.shouldSwap) return;
  written = findBox()?.value ?? "";
  if (isPaste(event)) sending = null;
});
document.addEventListener("htmx:afterSettle", () => {
  if (written === null) return;
  const there = findBox()?.value ?? "";
  if (written && !there.includes(written)) write(join(there, written));
  written = null;
  if (sending === null) goOn();
});

// --- What was saved without a network is seen where it will be ---

const make = (tag, className, text) => Object.assign(document.createElement(tag), { className, textContent: text });
document.addEventListener("marked", ({ detail: { waiting, sign } }) => {
  document.getElementById("waiting-here")?.remove();
  const saves = waiting.filter(({ act }) => act === "save");
  const form = document.getElementById("paste");
  if (!saves.length || !form) return;
  const list = make("ul", "kept-list", "");
  [list.id, list.role] = ["waiting-here", "list"];
  for (const { fields } of saves.toReversed()) {
    const line = make("li", "", fields.links.slice(0, 300));
    line.append(make("span", "kept-facts", sign));
    list.append(line);
  }
  form.after(list);
});

// --- Requests that nobody waits for, and requests that fail ---

// Nobody looks: ask nothing.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (document.hidden && event.detail.requestConfig.verb === "get") event.preventDefault();
});

// A request that fails says so where one looks, instead of doing nothing. What asks by itself asks again.
const asksByItself = (event) => event.detail.requestConfig?.elt.matches("[hx-trigger]");
const tellFailure = (event) => {
  if (!asksByItself(event)) document.dispatchEvent(new CustomEvent("failed", { detail: event.detail.xhr }));
};
document.addEventListener("htmx:beforeRequest", (event) => {
  if (!asksByItself(event)) document.querySelector(".notice--floats")?.remove();
});
document.addEventListener("htmx:sendError", tellFailure);
document.addEventListener("htmx:responseError", tellFailure);
