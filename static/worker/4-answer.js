// What the worker answers in the server's place. Whatever is not named here goes to the server as ever.

const SLOW_AFTER = 6000;
const GATEWAY = new Set([502, 504]);
const IN_ANY_CASE = { ignoreVary: true, ignoreSearch: true };

const findKept = async (path) => (await pagesOf(await findPerson())).match(path, IN_ANY_CASE);
const findOfflinePage = async () => (await caches.match(OFFLINE_PAGE, IN_ANY_CASE)) ?? Response.error();

const reach = async (event) => {
  const answer = (await event.preloadResponse) ?? (await fetch(event.request));
  if (GATEWAY.has(answer.status)) throw new Error(answer.status);
  await heed(answer);
  return answer;
};

const renew = async (path, answer) => {
  if (answer.ok && answer.headers.get("Teduh-Person") === (await findPerson())) await (await pagesOf(person)).put(path, answer);
};

const answerPage = async (event) => {
  const path = new URL(event.request.url).pathname;
  const asked = reach(event);
  asked.catch(() => {});
  try {
    const kept = await findKept(path);
    const slow = new Promise((resolve) => setTimeout(resolve, SLOW_AFTER));
    const answer = await (kept ? Promise.race([asked, slow]) : asked);
    if (!answer) return kept;
    // The server is there, and what waits needs no page that asks.
    event.waitUntil(send());
    // The copy is as the person last saw the page.
    if (kept) event.waitUntil(renew(path, answer.clone()));
    return answer;
  } catch {
    return (await findKept(path)) ?? findOfflinePage();
  }
};

// The desk is not for being without a network. What the browser asked for already is not asked for twice.
const answerDesk = async (event) => (await event.preloadResponse) ?? fetch(event.request);

const answerFile = async (request) => {
  const known = await caches.match(request.url, { ignoreVary: true });
  const isForGood = /\.[0-9a-f]{12}\.\w+$/.test(request.url);
  if (known && isForGood) return known;
  try {
    const answer = await fetch(request);
    if (answer.ok) await (await caches.open(SHELL_CACHE)).put(request.url, answer.clone());
    return answer;
  } catch (error) {
    if (known) return known;
    throw error;
  }
};

const answerPicture = async (request) => {
  const path = new URL(request.url).pathname;
  const kept = await findKept(path);
  if (kept) return kept;
  try {
    return await fetch(request);
  } catch (error) {
    // The same picture in the other size.
    const pair = (await ofPerson("kept")).flatMap(({ pictures }) => pictures).find((sizes) => sizes.includes(path));
    const other = pair && (await findKept(pair[0]));
    if (other) return other;
    throw error;
  }
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.method === "POST" && WAITS.test(pathname)) event.respondWith(answerAct(event));
  if (request.method !== "GET" || request.headers.has("Range")) return;
  if (pathname.startsWith(STATIC)) event.respondWith(answerFile(request));
  else if (pathname.startsWith("/pictures/")) event.respondWith(answerPicture(request));
  else if (request.mode === "navigate") event.respondWith(pathname.startsWith("/admin/") ? answerDesk(event) : answerPage(event));
});

// --- What pages ask of the worker ---

const describe = async () => ({
  kept: (await ofPerson("kept")).sort((one, other) => one.place - other.place),
  pinned: ((await recall("pinned")) ?? {})[await findPerson()] ?? [],
  waiting: await findWaiting(),
  refused: await findRefused(),
  sent: (await recall(SENT + (await findPerson()))) ?? 0,
  isSomebody: (await findPerson()) !== NOBODY,
  isFull,
});

const orders = {
  visit: async (data) => (await send(), await keep(data)),
  pin,
  send,
  state: () => {},
  told: async () => note(SENT + (await findPerson()), 0),
  saveLater: ({ links }) => enqueueSave(links),
  putAway: ({ n }) => inStore("refused", "readwrite", (rows) => rows.delete(n)),
  forget: forgetAll,
};

self.addEventListener("message", (event) => {
  const order = orders[event.data?.order];
  if (!order) return;
  const obey = async () => {
    await order(event.data);
    event.ports[0]?.postMessage(await describe());
  };
  event.waitUntil(obey());
});

// A new worker takes over at once: pages that are open keep their files, which stay until nothing kept needs them.
self.addEventListener("install", (event) => event.waitUntil(install().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => {
  const begin = async () => {
    await self.registration.navigationPreload?.enable();
    await self.clients.claim();
  };
  event.waitUntil(begin());
});
