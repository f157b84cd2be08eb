// The page of what is kept on this device: all of it is told by the worker, nothing by the server.

const find = (id) => document.getElementById(id);
const words = find("act-words").dataset;

let ask = null;

const line = (...parts) => {
  const item = document.createElement("li");
  item.append(...parts);
  return item;
};
const small = (text) => {
  const part = document.createElement("span");
  part.className = "kept-facts";
  part.textContent = text;
  return part;
};

const describeArticle = ({ url, title, site, length }) => {
  const link = document.createElement("a");
  link.href = url;
  link.textContent = title;
  return line(link, small(`${site} · ${length}`));
};

const describeAct = ({ act, article, fields }, kept) => {
  const title = kept.find(({ id }) => id === Number(article))?.title ?? words.article;
  return `${words[act]}: ${act === "save" ? fields.links : title}`;
};

const describeRefused = (act, kept) => {
  const away = document.createElement("button");
  away.type = "button";
  away.className = "act";
  away.textContent = find("refused-acts").dataset.away;
  away.addEventListener("click", async () => show(await ask("putAway", { n: act.n })));
  return line(describeAct(act, kept), small(act.told ?? words.unsendable), away);
};

const size = (bytes) =>
  new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit: "megabyte", maximumFractionDigits: bytes < 1e7 ? 1 : 0 }).format(bytes / 1e6);

const showRoom = async () => {
  const { usage, quota } = (await navigator.storage?.estimate?.()) ?? {};
  if (quota) find("kept-room").textContent = find("kept-room").dataset.room.replace("{used}", size(usage)).replace("{room}", size(quota - usage));
};

const show = ({ kept, waiting, refused, isFull }) => {
  find("kept").hidden = false;
  find("kept-articles").replaceChildren(...kept.map(describeArticle));
  find("kept-none").hidden = kept.length > 0;
  find("kept-full").hidden = !isFull;
  find("waiting").hidden = !waiting.length;
  find("waiting-acts").replaceChildren(...waiting.map((act) => line(describeAct(act, kept))));
  find("refused").hidden = !refused.length;
  find("refused-acts").replaceChildren(...refused.map((act) => describeRefused(act, kept)));
  showRoom();
};

const tellNetwork = async () => {
  const answer = await fetch("/health/live", { cache: "no-store" }).catch(() => null);
  find("no-network").hidden = Boolean(answer?.ok);
};

// A link that was shared with the app while the server could not ask whether to save it.
const offerShared = async () => {
  if (location.pathname !== "/save/" || !(await ask("state")).isSomebody) return;
  const brought = new URLSearchParams(location.search);
  const links = ["url", "text", "title"].map((name) => brought.get(name) ?? "").find((text) => /https?:\/\//i.test(text));
  if (!links) return;
  find("shared").hidden = false;
  find("shared-links").textContent = links.slice(0, 8000);
  find("save-later").addEventListener("click", async (event) => {
    event.target.disabled = true;
    show(await ask("saveLater", { links: links.slice(0, 8000) }));
    find("shared").hidden = true;
  });
};

// The caller gives the way to ask the worker, and shows with what it gets back.
export const begin = (way) => {
  ask = way;
  tellNetwork();
  offerShared();
  return show;
};
