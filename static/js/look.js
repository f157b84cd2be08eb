// The appearance panel: what is chosen shows at once and is kept. Without a script, the form does it with a button.

const root = document.documentElement;
const FONTS = { book: "Teduh Book", clear: "Teduh Clear", dyslexic: "Teduh Disleksia" };

const form = () => document.getElementById("look");
document.querySelectorAll("#keep-look").forEach((button) => (button.hidden = true));

// The form comes as it is for everybody.
for (const control of form()?.querySelectorAll("[data-look]") ?? []) {
  const chosen = root.dataset[control.dataset.look];
  if (control.type === "radio") control.checked = control.value === (chosen ?? "");
  else if (control.type === "checkbox") control.checked = Boolean(chosen);
  else control.value = chosen ?? control.dataset.usual;
}

const read = (control) => {
  if (control.type === "checkbox") return control.checked ? "yes" : "";
  return control.value === control.dataset.usual ? "" : control.value;
};

const show = async (control) => {
  const name = control.dataset.look;
  const value = read(control);
  // A face is shown when it is there: the text moves once.
  if (name === "face" && FONTS[value]) await document.fonts.load(`1em "${FONTS[value]}"`).catch(() => {});
  if (value) root.dataset[name] = value;
  else delete root.dataset[name];
  document.dispatchEvent(new CustomEvent("look"));
};

let waiting = null;
const keep = async () => {
  waiting = null;
  const chosen = new FormData(form());
  chosen.set("quiet", "1");
  let answer;
  try {
    answer = await fetch(form().action, { method: "POST", body: chosen, keepalive: true });
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
  } catch {
    document.dispatchEvent(new CustomEvent("failed", { detail: answer }));
  }
};

document.addEventListener("input", (event) => {
  if (!event.target.dataset?.look) return;
  show(event.target);
  clearTimeout(waiting);
  waiting = setTimeout(keep, 400);
});
addEventListener("pagehide", () => {
  if (!waiting) return;
  clearTimeout(waiting);
  keep();
});

// A bookmarklet is for the bookmarks; here it would lead to where one is.
document.querySelector(".bookmarklet a")?.addEventListener("click", (event) => event.preventDefault());
document.getElementById("bookmarklet-code")?.addEventListener("focus", (event) => event.target.select());
