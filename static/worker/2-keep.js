// Keeping articles with their pictures: the newest unread ones, and those that the person chose on this device.

const LEAST_BETWEEN = 60_000;
let keptAt = 0;
let running = null;
let isFull = false;

const fetchOwn = async (address, whose) => {
  const answer = await fetch(address, { cache: "no-cache", redirect: "manual" });
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  if (answer.headers.get("Teduh-Person") !== whose) throw new Error("another person");
  return answer;
};

const keepOne = async (pages, article, whose) => {
  for (const [picture] of article.pictures) {
    if (await pages.match(picture)) continue;
    const answer = await fetch(picture, { redirect: "manual" });
    if (answer.ok) await pages.put(picture, answer);
  }
  await pages.put(article.url, await fetchOwn(article.url, whose));
  if ((await findPerson()) !== whose) {
    await caches.delete(PAGES + whose);
    throw new Error("another person");
  }
  await inStore("kept", "readwrite", (rows) => rows.put(article));
};

const drop = async (pages, wanted) => {
  const ids = new Set(wanted.map(({ id }) => id));
  const gone = (await readAll("kept")).filter(({ id }) => !ids.has(id));
  await inStore("kept", "readwrite", (rows) => void gone.forEach(({ id }) => rows.delete(id)));
  const needed = new Set(wanted.flatMap(({ url, pictures }) => [url, ...pictures.map(([picture]) => picture)]));
  for (const request of await pages.keys()) if (!needed.has(new URL(request.url).pathname)) await pages.delete(request);
};

const keepAll = async () => {
  const pinned = (await recall("pinned")) ?? {};
  const answer = await fetch(`/offline/articles/?also=${(pinned[await findPerson()] ?? []).join(",")}`, { cache: "no-store", redirect: "manual" });
  if (!answer.ok) return;
  await heed(answer);
  const whose = await findPerson();
  if (whose === NOBODY) return;
  const { articles } = await answer.json();
  // A page is made of the files of its time, and is made anew with those of this worker.
  const wanted = articles.map((article, place) => ({ ...article, person: whose, place, stamp: `${article.stamp} ${VERSION}` }));
  const pages = await pagesOf(whose);
  await drop(pages, wanted);
  const stamps = new Map((await ofPerson("kept")).map(({ id, stamp }) => [id, stamp]));
  isFull = false;
  for (const article of wanted) {
    if (stamps.get(article.id) === article.stamp) await inStore("kept", "readwrite", (rows) => rows.put(article));
    else await keepOne(pages, article, whose);
  }
  await refreshShell();
};

// One run at a time; a run that comes to nothing (no network, no room) is taken up again by the next one.
const keep = async ({ isWanted = false } = {}) => {
  if (running) await running;
  if (!isWanted && Date.now() - keptAt < LEAST_BETWEEN) return;
  keptAt = Date.now();
  running = keepAll().catch((error) => {
    if (error.name === "QuotaExceededError") isFull = true;
    keptAt = 0;
  });
  await running;
  running = null;
};

const pin = async ({ id, isPinned }) => {
  const whose = await findPerson();
  const pinned = (await recall("pinned")) ?? {};
  const others = (pinned[whose] ?? []).filter((other) => other !== id);
  // The server takes so many by name.
  pinned[whose] = isPinned ? [...others, id].slice(-200) : others;
  await note("pinned", pinned);
  await keep({ isWanted: true });
};

// --- The shell: what pages are made of, and the page for being without a network ---

const SHELL_CACHE = `teduh-shell-${VERSION}`;

const refreshShell = async () => {
  const shell = await caches.open(SHELL_CACHE);
  const page = await fetch(OFFLINE_PAGE, { cache: "no-cache" });
  if (page.ok && !page.redirected) await shell.put(OFFLINE_PAGE, page);
  // Every kept page is of this version now: nothing needs the files of earlier ones.
  for (const name of await caches.keys()) if (name.startsWith("teduh-shell-") && name !== SHELL_CACHE) await caches.delete(name);
};

const install = async () => (await caches.open(SHELL_CACHE)).addAll([OFFLINE_PAGE, ...SHELL]);
