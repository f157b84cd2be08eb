// Keeping articles with their pictures: the newest unread ones, and those that the person chose on this device.

const LEAST_BETWEEN = 60_000;
// For one page or picture, also on a slow line; one that hangs is given up, and asked for again at the next visit.
const LONGEST = 60_000;
// Room that articles leave free, so that what is done without a network can always be kept.
const RESERVE = 2_000_000;
const MOST_FAILURES = 3;
let keptAt = 0;
let running = null;
// How many runs for one article somebody waits for: all others give way.
let hurried = 0;
let isFull = false;

const fetchToKeep = (address, cache) => fetch(address, { cache, redirect: "manual", signal: AbortSignal.timeout(LONGEST) });

const leaveRoom = async () => {
  const { usage, quota } = (await navigator.storage?.estimate?.()) ?? {};
  if (quota - usage < RESERVE) throw new DOMException("no room", "QuotaExceededError");
};

// Tell whether the page is kept now. What the server cannot give of one article holds up no other.
const keepPage = async (pages, article, whose) => {
  await leaveRoom();
  const answer = await fetchToKeep(article.url, "no-cache");
  if (answer.headers.get("Teduh-Person") !== whose) throw new Error("another person's page, or a stranger's");
  if (!answer.ok) return false;
  await pages.put(article.url, answer);
  if ((await findPerson()) !== whose) {
    await caches.delete(PAGES + whose);
    throw new Error("another person");
  }
  await inStore("kept", "readwrite", (rows) => rows.put({ ...article, isWhole: !article.pictures.length }));
  return true;
};

// The first size of each picture is kept. One that is gone is not waited for.
const keepPictures = async (pages, article) => {
  for (const [picture] of article.pictures) {
    if (await pages.match(picture)) continue;
    await leaveRoom();
    const answer = await fetchToKeep(picture, "default");
    const isPicture = answer.ok && answer.headers.get("Content-Type")?.startsWith("image/");
    if (isPicture) await pages.put(picture, answer);
    else if (answer.status !== 404) throw new Error(`${answer.status} ${picture}`);
  }
  await inStore("kept", "readwrite", (rows) => rows.put({ ...article, isWhole: true }));
};

const drop = async (pages, wanted) => {
  const ids = new Set(wanted.map(({ id }) => id));
  const gone = (await readAll("kept")).filter(({ id }) => !ids.has(id));
  await inStore("kept", "readwrite", (rows) => void gone.forEach(({ id }) => rows.delete(id)));
  const needed = new Set(wanted.flatMap(({ url, pictures }) => [url, ...pictures.map(([picture]) => picture)]));
  for (const request of await pages.keys()) if (!needed.has(new URL(request.url).pathname)) await pages.delete(request);
};

const fetchWanted = async () => {
  // Whoever signed out without a network is signed out first.
  await finishLeaving();
  const pinned = ((await recall("pinned")) ?? {})[await findPerson()] ?? [];
  const answer = await fetch(`/offline/articles/?also=${pinned.join(",")}`, { cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(LONGEST) });
  if (!answer.ok || !isOurs(answer)) throw new Error(answer.status);
  await heed(answer);
  const whose = await findPerson();
  const { articles } = await answer.json();
  // A page is made of the files of its time, and is made anew with those of this worker.
  return articles.map((article, place) => ({ ...article, person: whose, place, stamp: `${article.stamp} ${VERSION}` }));
};

// All texts come first, then the pictures: a line that soon ends has brought what can be read.
const keepAll = async (only) => {
  const wanted = await fetchWanted();
  const whose = await findPerson();
  const pages = await pagesOf(whose);
  await drop(pages, wanted);
  const known = new Map((await ofPerson("kept")).map((row) => [row.id, row]));
  const isKept = ({ id, stamp }) => known.get(id)?.stamp === stamp;
  await inStore("kept", "readwrite", (rows) => void wanted.filter(isKept).forEach((article) => rows.put({ ...known.get(article.id), ...article })));
  isFull = false;
  let failures = 0;
  for (const step of [keepPage, keepPictures]) {
    for (const article of wanted) {
      if ((hurried && !only) || (await findPerson()) !== whose) throw new Error("overtaken");
      const isDone = step === keepPage ? isKept(article) : known.get(article.id)?.isWhole || !isKept(article);
      if (isDone || (only && article.id !== only)) continue;
      try {
        if (await step(pages, article, whose)) known.set(article.id, { ...article, isWhole: !article.pictures.length });
        await tellPages();
      } catch (error) {
        failures += 1;
        if (error.name === "QuotaExceededError" || failures === MOST_FAILURES) throw error;
      }
    }
    if (step === keepPage && !only) await refreshShell(wanted.every(isKept));
  }
  if (failures) throw new Error("not all");
};

// One run at a time; a run that comes to nothing (no network, no room) is taken up again by the next one.
const keep = async ({ isWanted = false, only = 0 } = {}) => {
  while (running) {
    await running;
    if (!isWanted) return;
  }
  if (!isWanted && Date.now() - keptAt < LEAST_BETWEEN) return;
  keptAt = only ? 0 : Date.now();
  running = keepAll(only).catch((error) => {
    isFull ||= error.name === "QuotaExceededError";
    keptAt = 0;
  });
  await running;
  running = null;
};

// The chosen one is kept before all others, which follow.
const pin = async ({ id, isPinned }, event) => {
  const whose = await findPerson();
  await alter("pinned", (pinned = {}) => {
    const others = (pinned[whose] ?? []).filter((other) => other !== id);
    // The server takes so many by name.
    return { ...pinned, [whose]: isPinned ? [...others, id].slice(-200) : others };
  });
  hurried += 1;
  await keep({ isWanted: true, only: id });
  hurried -= 1;
  event.waitUntil(keep({ isWanted: true }));
};

// A kept copy opens where its reader was last, also when the server does not know it yet.
const keepPlace = async ({ article, fields }) => {
  const path = `/articles/${article}/`;
  const pages = await pagesOf(await findPerson());
  const kept = await pages.match(path, IN_ANY_CASE);
  if (!kept) return;
  const place = Number(fields.position) || 0;
  const text = (await kept.text()).replace(/(id="time-left"[^>]* data-position=")[^"]*/, (_all, before) => before + place);
  const headers = new Headers(kept.headers);
  // Of the bytes as they were sent.
  for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name);
  await pages.put(path, new Response(text, { headers }));
};

// Make room for what cannot be fetched again: the last of the articles goes. Tell whether there was one.
const makeRoom = async () => {
  const last = (await ofPerson("kept")).sort((one, other) => one.place - other.place).at(-1);
  if (!last) return false;
  isFull = true;
  const pages = await pagesOf(last.person);
  for (const address of [last.url, ...last.pictures.flat()]) await pages.delete(address);
  await inStore("kept", "readwrite", (rows) => rows.delete(last.id));
  return true;
};

// --- The shell: what pages are made of, and the page for being without a network ---

const SHELL_NAME = "teduh-shell-";
const SHELL_CACHE = SHELL_NAME + VERSION;

const keepOfflinePage = async () => {
  const page = await fetch(OFFLINE_PAGE, { cache: "no-cache", signal: AbortSignal.timeout(LONGEST) });
  if (!page.ok || page.redirected || !isOurs(page)) throw new Error("no page of ours");
  await (await caches.open(SHELL_CACHE)).put(OFFLINE_PAGE, page);
};

// Pages that were opened before this worker came may ask for files of the version before, but of no earlier one.
const refreshShell = async (isAllOfThisVersion) => {
  await keepOfflinePage();
  if (!isAllOfThisVersion) return;
  const earlier = (await caches.keys()).filter((name) => name.startsWith(SHELL_NAME) && name !== SHELL_CACHE);
  for (const name of earlier.slice(0, -1)) await caches.delete(name);
};

// Never a stranger's page in the place of a file: it would stay.
const isFile = (answer) => answer.ok && !answer.redirected && !answer.headers.get("Content-Type")?.startsWith("text/html");

const install = async () => {
  const shell = await caches.open(SHELL_CACHE);
  const keepFile = async (address) => {
    const answer = await fetch(address, { signal: AbortSignal.timeout(LONGEST) });
    if (!isFile(answer)) throw new Error(`${answer.status} ${address}`);
    await shell.put(address, answer);
  };
  await Promise.all([keepOfflinePage(), ...SHELL.map(keepFile)]);
};
