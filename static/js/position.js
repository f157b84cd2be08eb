// Where one was: taken up again on opening, and kept at pauses and on leaving. Nothing is lost without it.

const PAUSE = 2500;
const LEAST_BETWEEN = 8000;
const FINISHED = 970;
// Who has scrolled to the end in less than this part of the reading time has not read it.
const LEAST_READ = 0.15;

const prose = () => document.querySelector("#article .prose");
const sign = () => document.getElementById("time-left");
const token = () => document.querySelector("input[name=csrfmiddlewaretoken]")?.value;
const barHeight = () => document.getElementById("reading-bar")?.offsetHeight ?? 0;

const openedAt = performance.now();
let scrolledAt = 0;
let sentAt = -LEAST_BETWEEN;
let sent = "";
let waiting = null;
let isDone = false;

const measure = () => {
  const text = prose();
  if (!text?.children.length) return null;
  const frame = text.getBoundingClientRect();
  const line = barHeight() + 8;
  const progress = Math.round(Math.min(1, Math.max(0, (innerHeight - frame.top) / frame.height)) * 1000);
  const blocks = text.children;
  let [low, high] = [0, blocks.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (blocks[middle].getBoundingClientRect().bottom > line) high = middle;
    else low = middle + 1;
  }
  const block = blocks[low].getBoundingClientRect();
  const part = block.height ? Math.min(0.999, Math.max(0, (line - block.top) / block.height)) : 0;
  return { progress, position: (low + part).toFixed(3) };
};

const needed = () => Number(sign().dataset.minutes) * 60_000 * LEAST_READ;
const isRead = (progress) => progress >= FINISHED && performance.now() - openedAt > needed();

const tell = ({ progress }) => {
  const place = sign();
  const minutes = Math.ceil((Number(place.dataset.minutes) * (1000 - progress)) / 1000);
  const time = new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit: "minute", unitDisplay: "long" });
  place.textContent = minutes ? place.dataset.left.replace("{time}", time.format(minutes)) : place.dataset.end;
};

const send = async () => {
  clearTimeout(waiting);
  waiting = null;
  const now = scrolledAt && sign() && measure();
  if (!now || sent === now.position + now.progress) return;
  const done = !isDone && isRead(now.progress);
  sent = now.position + now.progress;
  sentAt = performance.now();
  const ago = ((sentAt - scrolledAt) / 1000).toFixed(1);
  const person = document.body.dataset.person ?? "";
  const body = new URLSearchParams({ ...now, ago, person, csrfmiddlewaretoken: token() });
  if (done) body.set("done", "1");
  try {
    const answer = await fetch(sign().dataset.address, { method: "POST", body, keepalive: true });
    isDone ||= done && answer.ok;
    // Without a network, the worker keeps it for later and says so with 204.
    if (answer.status === 200 && !answer.redirected && (await answer.json()).archived) await showArchived();
  } catch {
    sent = "";
  }
};

const showArchived = async () => {
  const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
  const acts = page.getElementById("foot-acts");
  if (acts) document.getElementById("foot-acts")?.replaceWith(acts);
  const said = document.createElement("p");
  said.className = "notice";
  said.textContent = sign().dataset.archived;
  document.getElementById("foot")?.prepend(said);
  document.getElementById("announcer").textContent = said.textContent;
};

let isPlanned = false;
addEventListener("scroll", () => {
  if (!sign()) return;
  scrolledAt = performance.now();
  if (!isPlanned) {
    isPlanned = true;
    requestAnimationFrame(() => {
      isPlanned = false;
      const now = measure();
      if (now) tell(now);
    });
  }
  clearTimeout(waiting);
  waiting = setTimeout(send, Math.max(PAUSE, sentAt + LEAST_BETWEEN - scrolledAt));
}, { passive: true });
// What fits into the window is read to its end without scrolling.
const readWithoutScrolling = () => {
  if (scrolledAt || document.hidden || !sign() || measure()?.progress < FINISHED) return;
  scrolledAt = performance.now();
  send();
};
if (sign()) setTimeout(readWithoutScrolling, needed() + 500);
document.addEventListener("visibilitychange", () => document.hidden && send());
addEventListener("pagehide", send);

// --- Where one was ---

const goTo = (position) => {
  const block = prose()?.children[Math.floor(position)] ?? prose()?.lastElementChild;
  if (!block) return;
  const frame = block.getBoundingClientRect();
  scrollTo({ top: scrollY + frame.top + frame.height * (position % 1) - barHeight() - 8, behavior: "instant" });
};
const position = Number(sign()?.dataset.position);
const kind = performance.getEntriesByType("navigation")[0]?.type;
// Going back and reloading, browsers know the place themselves. Who went on before this ran is not taken back.
if (position && !location.hash && !scrollY && (kind === "navigate" || !kind)) goTo(position);

// Other sizes and widths of the text: the same words stay at the top.
let top = 0;
const remember = () => (top = Number(measure()?.position ?? 0));
document.addEventListener("input", (event) => event.target.dataset?.look && remember(), true);
document.addEventListener("arriving", remember);
document.addEventListener("look", () => top > 0 && goTo(top));
