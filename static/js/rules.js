// The bench of a site rule: numbers beside the lines, with those marked that are complained about.

const draw = () => {
  const box = document.getElementById("rule-text");
  const gutter = box?.parentElement.querySelector(".rule-gutter");
  if (!gutter) return;
  const marked = new Set((document.getElementById("verdict")?.dataset.lines ?? "").trim().split(" "));
  const count = box.value.split("\n").length;
  gutter.replaceChildren(
    ...Array.from({ length: count }, (_, at) => {
      const line = document.createElement("span");
      line.textContent = `${at + 1}`;
      if (marked.has(`${at + 1}`)) line.className = "is-wrong";
      return line;
    }),
  );
  gutter.scrollTop = box.scrollTop;
};

document.addEventListener("input", (event) => {
  if (event.target.id === "rule-text") draw();
});
document.addEventListener("scroll", (event) => {
  const gutter = event.target.parentElement?.querySelector?.(".rule-gutter");
  if (gutter && event.target.id === "rule-text") gutter.scrollTop = event.target.scrollTop;
}, true);

// What was kept meanwhile is what is tried.
document.addEventListener("htmx:afterSwap", () => {
  const version = document.querySelector("#verdict input[name=version]")?.value;
  for (const other of document.querySelectorAll("input[data-version]")) other.value = version ?? other.value;
  draw();
});

// The list of blocks stays where it was looked at.
let place = 0;
const list = () => document.querySelector(".blocks-list");
document.addEventListener("htmx:beforeSwap", () => { place = list()?.scrollTop ?? 0; });
document.addEventListener("htmx:afterSettle", () => { if (list()) list().scrollTop = place; });

draw();

// What was typed before this ran, or brought back by the browser, is kept too.
addEventListener("load", () => {
  const box = document.getElementById("rule-text");
  if (box && box.value !== box.defaultValue) box.dispatchEvent(new Event("typed-before"));
  draw();
});
