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
