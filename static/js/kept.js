// The page of what is kept on this device: all of it is told by the worker, nothing by the server.

const find = (id) => document.getElementById(id);
const words = find("act-words").dataset;

// Of what was saved, so much is shown in its line.
const LONGEST = 300;
let ask = null;
let tell = null;

const line = (...parts) => {
  const item = document.createElement("li");
  item.append(...parts.filter(Boolean));
  return item;
};
const small = (text) => {
  const part = document.createElement("span");
  part.className = "kept-facts";
  part.textContent = text;
  return part;
};
const button = (text, order, { n }) => {
  const way = document.createElement("button");
  [way.type, way.className, way.textContent] = ["button", "act", text];
  way.addEventListener("click", async () => {
    way.disabled = true;
    tell(await ask(order, { n }));
    document.getElementById("main").focus({ preventScroll: true });
  });
  return way;
};

const describeArticle = ({ id, url, title, site, length }, waiting) => {
  const link = document.createElement("a");
  link.href = url;
  link.textContent = title;
  const acts = waiting.filter(({ act, article }) => act !== "progress" && Number(article) === id).map(({ act }) => words[act]);
  return line(link, small([site, length].filter(Boolean).join(" · ")), acts.length && small(words.waiting.replace("{acts}", acts.join(", "))));
};

const what = (text) => {
  const part = document.createElement("span");
  part.className = "kept-what";
  part.textContent = text;
  return part;
};
const nameArticle = (number, kept) => kept.find(({ id }) => id === Number(number))?.title ?? words.article;
const describeAct = ({ act, article, fields }, kept) => what(`${words[act]}: ${act === "save" ? fields.links.slice(0, LONGEST) : nameArticle(article, kept)}`);

// How far one was in all of them is one line, the last.
const describeWaiting = (waiting, kept) => {
  const [places, acts] = [true, false].map((isPlace) => waiting.filter(({ act }) => (act === "progress") === isPlace));
  const titles = places.map(({ article }) => nameArticle(article, kept)).join(" · ");
  return [...acts.map((act) => line(describeAct(act, kept), button(words.back, "takeBack", act))), ...(titles ? [line(what(`${words.progress}: ${titles}`))] : [])];
};
// A long text is there to be copied, whole.
const showText = ({ act, fields }) => {
  if (act !== "save" || fields.links.length <= LONGEST) return null;
  const box = document.createElement("textarea");
  Object.assign(box, { value: fields.links, readOnly: true, rows: 6 });
  box.setAttribute("aria-label", words.save);
  return box;
};
const describeRefused = (act, kept) => {
  const why = act.told ?? (act.why === "failed" ? words.failed : words.unsendable);
  return line(describeAct(act, kept), small(why), showText(act), !act.told && button(words.again, "tryAgain", act), button(words.away, "putAway", act));
};

const size = (bytes) => {
  const [unit, of] = bytes < 1e9 ? ["megabyte", 1e6] : ["gigabyte", 1e9];
  return new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit, maximumFractionDigits: bytes / of < 10 ? 1 : 0 }).format(bytes / of);
};

const showRoom = async () => {
  const { usage, quota } = (await navigator.storage?.estimate?.().catch(() => null)) ?? {};
  if (quota) find("kept-room").textContent = find("kept-room").dataset.room.replace("{used}", size(usage)).replace("{room}", size(quota));
};

const show = ({ kept, waiting, refused, isFull }) => {
  find("kept").hidden = false;
  find("kept-articles").replaceChildren(...kept.map((article) => describeArticle(article, waiting)));
  find("kept-none").hidden = kept.length > 0;
  find("kept-full").hidden = !isFull;
  find("waiting").hidden = !waiting.length;
  find("waiting-acts").replaceChildren(...describeWaiting(waiting, kept));
  find("refused").hidden = !refused.length;
  find("refused-acts").replaceChildren(...refused.map((act) => describeRefused(act, kept)));
  showRoom();
  if (!find("no-network").hidden) tellNetwork();
};

// A page of ours: others may answer in the server's place.
const tellNetwork = async () => {
  const answer = await fetch("/offline/", { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(10_000) }).catch(() => null);
  find("no-network").hidden = Boolean(answer?.headers.has("Teduh-Person"));
};

// A link that was shared with the app while the server could not ask whether to save it.
const offerShared = async () => {
  if (location.pathname !== "/save/" || ((await ask("state"))?.person ?? "nobody") === "nobody") return;
  const brought = new URLSearchParams(location.search);
  const links = ["url", "text", "title"].map((name) => brought.get(name) ?? "").find((text) => /https?:\/\//i.test(text));
  if (!links) return;
  find("shared").hidden = false;
  find("shared-links").textContent = links.slice(0, 8000);
  find("save-later").addEventListener("click", async (event) => {
    event.target.disabled = true;
    tell(await ask("saveLater", { links: links.slice(0, 8000) }));
    find("shared").hidden = true;
  });
};

// The caller gives the way to ask the worker and the one to tell what it said, and shows with what it gets back.
export const begin = (way, told) => {
  [ask, tell] = [way, told];
  // At once where that is known: what is kept would move down for it.
  find("no-network").hidden = navigator.onLine;
  tellNetwork();
  addEventListener("online", tellNetwork);
  addEventListener("offline", tellNetwork);
  offerShared();
  return show;
};
