// Acts that leave the page where it is: data-in-place names the part that the answer replaces. And copying.
// Fetched by later.js.

import { bringStyles } from "./parts.js";

const putInPlace = async (answer, id, { key, done, isHere = true } = {}) => {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const part = page.getElementById(id);
  if (answer.status >= 500 || !part) throw new Error(answer.status);
  await bringStyles(page);
  document.getElementById(id).replaceWith(part);
  const control = part.querySelector(key ? `[data-key="${key}"]` : "a, button, input:not([type=hidden])");
  if (!control) part.tabIndex = -1;
  if (isHere) (control ?? part).focus({ preventScroll: true });
  else if (done) say(done);
  const notices = page.getElementById("notices");
  if (notices?.firstElementChild) document.getElementById("notices").replaceChildren(...notices.childNodes);
  document.dispatchEvent(new CustomEvent("in-place"));
  if (id === "report") beginReport();
};

// What was marked in the article before the form came is what the report is about; what one can do with it makes room.
const beginReport = () => {
  getSelection().removeAllRanges();
  const box = document.querySelector("#report [name='passage']");
  if (box && !box.value) box.value = document.getElementById("foot").dataset.marked ?? "";
  if (!document.querySelector("#report .form-error")) document.querySelector("#report [name='kind']")?.focus({ preventScroll: true });
};

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.dataset.inPlace) return;
  event.preventDefault();
  const body = new FormData(form, event.submitter);
  // By a key one acts from elsewhere, and stays there.
  const isHere = form.contains(document.activeElement);
  event.submitter?.setAttribute("disabled", "");
  let answer;
  try {
    answer = await fetch(form.action, { method: "POST", body });
    const waits = answer.headers.get("Teduh-Waits");
    // Signed out meanwhile: what waits is sent after the login, to which the server leads.
    if (answer.headers.has("HX-Redirect")) location.assign(answer.headers.get("HX-Redirect"));
    else if (answer.headers.has("Teduh-Lost")) {
      event.submitter?.removeAttribute("disabled");
      document.dispatchEvent(new CustomEvent("lost"));
    } else if (waits) document.dispatchEvent(new CustomEvent("waits", { detail: waits }));
    else await putInPlace(answer, form.dataset.inPlace, { key: event.submitter?.dataset.key, done: form.dataset.done, isHere });
  } catch {
    event.submitter?.removeAttribute("disabled");
    document.dispatchEvent(new CustomEvent("failed", { detail: answer }));
  }
});

document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("a[data-in-place]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  try {
    await putInPlace(await fetch(link.href), link.dataset.inPlace);
  } catch {
    location.assign(link.href);
  }
});

// --- Copying ---

const copying = () => document.getElementById("copying");
const say = (words) => {
  const notice = document.createElement("p");
  notice.className = "notice";
  notice.textContent = words;
  document.getElementById("notices")?.replaceChildren(notice);
};
const texts = {
  link: () => document.getElementById("article").dataset.address,
  source: () => document.getElementById("source-text").value,
  quote: () => {
    const chosen = (getSelection().toString() || document.activeElement?.closest("#article .prose > *")?.textContent || "").replaceAll("\xad", "").trim();
    return chosen && `“${chosen}”\n\n— ${document.getElementById("source-text").value}`;
  },
};
document.addEventListener("click", async (event) => {
  const kind = event.target.closest?.("[data-copy]")?.dataset.copy;
  if (!kind) return;
  const text = texts[kind]();
  if (!text) return say(copying().dataset.select);
  try {
    await navigator.clipboard.writeText(text);
    say(copying().dataset.copied);
  } catch {
    say(copying().dataset.refused);
  }
});
