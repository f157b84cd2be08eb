// What was marked in the article before the form came is what the report is about.
let marked = "";

document.addEventListener("selectionchange", () => {
  const selection = document.getSelection();
  const place = selection.anchorNode?.parentElement?.closest(".prose");
  const text = selection.toString().replaceAll("\xad", "").trim();
  if (place && text) marked = text.slice(0, 2000);
});

document.addEventListener("in-place", () => {
  const box = document.querySelector("#report [name='passage']");
  if (box && !box.value && marked) box.value = marked;
  const first = document.querySelector("#report [name='kind']");
  if (first && !document.querySelector("#report .form-error")) first.focus({ preventScroll: true });
});
