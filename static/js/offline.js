// Without a network: starts the worker that keeps articles, and says what waits to be sent. See static/worker/.

const words = document.getElementById("offline-words")?.dataset;
const container = navigator.serviceWorker;
// Soon again at first, then ever more seldom.
const [SOONEST, LATEST] = [2_000, 30_000];

// Ask the worker; its answer says what is kept, what waits, what was refused.
const ask = async (order, values = {}) => {
  const { active } = await container.ready;
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data);
    active.postMessage({ order, ...values }, [port2]);
  });
};

const say = (text, { isError = false, link = "", href = words.page } = {}) => {
  const notice = document.createElement("p");
  notice.className = isError ? "notice notice--error" : "notice";
  notice.id = "offline-notice";
  notice.textContent = text;
  if (link) {
    const way = document.createElement("a");
    way.href = href;
    way.textContent = link;
    notice.append(" ", way);
  }
  document.getElementById("offline-notice")?.remove();
  document.getElementById("notices")?.append(notice);
  document.getElementById("announcer").textContent = text;
};

// --- What was done without a network ---

// A button whose act waits is not pressed again.
const mark = (waiting) => {
  for (const { act, article } of waiting) {
    // Saving has no article yet.
    const form = article ? document.querySelector(`form[action="/articles/${article}/${act}/"]`) : null;
    form?.querySelector("[type=submit]")?.setAttribute("disabled", "");
  }
};

let timer = null;
let pause = SOONEST;
const tell = ({ waiting, refused, sent }) => {
  clearTimeout(timer);
  mark(waiting);
  if (refused.length) say(words.refused, { isError: true, link: words.look });
  else if (sent && !waiting.length) say(words.sent, { link: words.reload, href: location.href });
  if (sent && !waiting.length) ask("told");
  if (waiting.length) timer = setTimeout(retry, pause);
  else pause = SOONEST;
};
const retry = async () => {
  pause = Math.min(LATEST, pause * 2);
  tell(await ask("send"));
};
container?.addEventListener("message", ({ data }) => tell(data));

// Every act says whose page it comes from: the worker lets no other wait.
document.addEventListener("formdata", ({ target, formData }) => {
  if (words?.person && target.method === "post") formData.set("person", words.person);
});

// An act from this page found no network and waits now: the worker answered in the server's place.
const onWaiting = async (act) => {
  const state = await ask("state");
  tell(state);
  if (act !== "progress") say(words.waits, { link: words.look });
  if (act === "save" && document.getElementById("links")) document.getElementById("links").value = "";
};
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const act = detail.xhr?.getResponseHeader("Teduh-Waits");
  if (act) onWaiting(act);
});
document.addEventListener("waits", ({ detail }) => onWaiting(detail));

// --- "Keep on this device" ---

const showPinned = (pinned) => {
  const button = document.getElementById("keep-offline");
  if (!button) return;
  button.hidden = false;
  button.setAttribute("aria-pressed", pinned.includes(Number(button.dataset.article)));
};
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("#keep-offline");
  if (!button) return;
  const isPinned = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", isPinned);
  await navigator.storage?.persist?.();
  const id = Number(button.dataset.article);
  const { pinned, kept } = await ask("pin", { id, isPinned });
  showPinned(pinned);
  if (isPinned && !kept.some((article) => article.id === id)) say(words.notYet);
  else say(isPinned ? words.kept : words.unkept);
});
const showAgain = async () => container && showPinned((await ask("state")).pinned);
document.addEventListener("in-place", showAgain);
document.addEventListener("arrived", showAgain);

// --- Signing out: what waits is sent, then everything here is forgotten ---

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (new URL(form.action, location.href).pathname !== "/accounts/logout/" || !container.controller) return;
  event.preventDefault();
  const { waiting } = await ask("send");
  if (waiting.length && !confirm(words.leaving)) return;
  await ask("forget");
  form.submit();
});

const start = async () => {
  // Browsers look for a newer worker at every visit by themselves; to register again may wait for that.
  const known = container.controller ?? (await container.register(words.worker, { updateViaCache: "none" }));
  if (!known) return;
  const first = await ask("state");
  showPinned(first.pinned);
  tell(first);
  const keeper = document.getElementById("kept")?.dataset.module;
  const show = keeper ? (await import(keeper)).begin(ask) : () => {};
  show(first);
  const state = await ask("visit", { isWanted: location.pathname === words.page || location.pathname === "/preferences/" });
  tell(state);
  show(state);
  addEventListener("online", retry);
};

// After everything that the person waits for.
const whenIdle = () => (window.requestIdleCallback ? requestIdleCallback(start, { timeout: 3000 }) : setTimeout(start, 500));
if (container && words) document.readyState === "complete" ? whenIdle() : addEventListener("load", whenIdle);
