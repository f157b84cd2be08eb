// What the worker answers in the server's place. Whatever is not named here goes to the server as ever.

// How long the network is waited for where there is a copy; after it was too slow, for a minute, hardly.
const SLOW_AFTER = 5000;
const SLOW_AGAIN_AFTER = 1000;
// And where there is none.
const HANGS_AFTER = 20_000;
const GATEWAY = new Set([502, 504]);
const IN_ANY_CASE = { ignoreVary: true, ignoreSearch: true };

// This version's before an earlier one's.
const findInShell = async (address) => {
  const own = await caches.open(SHELL_CACHE);
  return (await own.match(address, { ignoreVary: true })) ?? caches.match(address, { ignoreVary: true });
};
const findOfflinePage = async () => (await findInShell(OFFLINE_PAGE)) ?? Response.error();
const findKept = async (path) => (path === OFFLINE_PAGE ? findInShell(path) : (await pagesOf(await findPerson())).match(path, IN_ANY_CASE));

let slowUntil = 0;
// The answer, or undefined when the line is too slow.
const within = async (asked, patience) => {
  const answer = await Promise.race([asked, new Promise((resolve) => setTimeout(resolve, patience))]);
  if (answer === undefined) slowUntil = Date.now() + 60_000;
  return answer;
};
const soon = (asked) => within(asked, Date.now() < slowUntil ? SLOW_AGAIN_AFTER : SLOW_AFTER);

// What the browser asked for already is not asked for twice, unless that was before the session ended.
const fetchPage = async (event) => {
  const isLeft = await findLeaving();
  const preloaded = await event.preloadResponse;
  if (isLeft) await leave();
  return (!isLeft && preloaded) || fetch(event.request);
};

const reach = async (event) => {
  const answer = await fetchPage(event);
  // Without a store there is still a network.
  await heed(answer).catch(() => {});
  return answer;
};

// A fault of the server's, or a stranger's page, is no reason not to read.
const isBetter = (answer) => isOurs(answer) && answer.status < 500;

// Where a page leads, browsers show no worker. The server tells it when it is asked again, a stranger does not.
const findLead = async ({ url }) => {
  const told = await tellServer(url).catch(() => null);
  return told && isBetter(told) ? lead(told) : null;
};

const renew = async (path, answer) => {
  if (path !== OFFLINE_PAGE && answer.ok && answer.headers.get("Teduh-Person") === (await findPerson())) await (await pagesOf(person)).put(path, answer);
};

const answerPage = async (event) => {
  const path = new URL(event.request.url).pathname;
  const kept = await findKept(path).catch(() => null);
  const asked = reach(event);
  // The copy is as the person last saw the page; what comes too late to be shown is there the next time.
  event.waitUntil(asked.then((answer) => kept && renew(path, answer.clone())).catch(() => {}));
  try {
    const answer = await (kept ? soon(asked) : within(asked, HANGS_AFTER));
    if (kept && answer?.type === "opaqueredirect") return (await findLead(event.request)) ?? kept;
    if (kept && !(answer && isBetter(answer))) return kept;
    if (!answer || GATEWAY.has(answer.status)) return await findOfflinePage();
    // The server is there, and what waits needs no page that asks.
    if (isOurs(answer)) event.waitUntil(send());
    return answer;
  } catch {
    return kept ?? findOfflinePage();
  }
};

// A form that has to have a network says so; the browser's way back still has what was typed.
const answerForm = (event) =>
  finishLeaving()
    .then(() => fetch(event.request))
    .catch(() => Response.redirect(`${OFFLINE_PAGE}?failed=1`, 303));

const answerFile = async (event) => {
  const { url } = event.request;
  const known = await findInShell(url).catch(() => null);
  if (known && /\.[0-9a-f]{12}\.\w+$/.test(url)) return known;
  try {
    const asked = fetch(event.request);
    const answer = await (known ? soon(asked) : asked);
    if (known && !(answer && isFile(answer))) return known;
    const copy = isFile(answer) && answer.clone();
    // A device without room shows the page all the same.
    if (copy) event.waitUntil(caches.open(SHELL_CACHE).then((shell) => shell.put(url, copy)).catch(() => {}));
    return answer;
  } catch (error) {
    if (known) return known;
    throw error;
  }
};

const answerPicture = async (event) => {
  const { pathname } = new URL(event.request.url);
  const kept = await findKept(pathname).catch(() => null);
  if (kept) return kept;
  const asked = fetch(event.request);
  // The same picture in the other size.
  const pair = (await ofPerson("kept").catch(() => [])).flatMap(({ pictures }) => pictures).find((sizes) => sizes.includes(pathname));
  const other = pair && (await findKept(pair[0]));
  if (!other) return asked;
  return soon(asked).then((answer) => answer ?? other, () => other);
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  const isPage = request.mode === "navigate" && !pathname.startsWith("/admin/");
  if (request.method === "POST") {
    if (WAITS.test(pathname)) event.respondWith(answerAct(event));
    else if (isPage) event.respondWith(pathname === LOGOUT && isFromHere(request) ? answerLeaving(event) : answerForm(event));
  }
  if (request.method !== "GET" || request.headers.has("Range")) return;
  if (pathname.startsWith(STATIC) || pathname.startsWith(AIDS)) event.respondWith(answerFile(event));
  else if (pathname.startsWith("/pictures/")) event.respondWith(answerPicture(event));
  // The desk is not for being without a network.
  else if (request.mode === "navigate") event.respondWith(isPage ? answerPage(event) : fetchPage(event));
});

// --- What pages ask of the worker ---

const describe = async () => ({
  kept: (await ofPerson("kept")).sort((one, other) => one.place - other.place),
  pinned: ((await recall("pinned")) ?? {})[await findPerson()] ?? [],
  waiting: await findWaiting(),
  refused: await findRefused(),
  sent: (await recall(SENT + (await findPerson()))) ?? 0,
  person: await findPerson(),
  isFull,
});

const tellPages = async () => {
  const state = await describe();
  for (const page of await self.clients.matchAll()) page.postMessage(state);
};

const orders = {
  visit: async (data) => (await send(), await keep(data)),
  pin,
  send,
  state: () => {},
  told: async () => note(SENT + (await findPerson()), 0),
  saveLater: ({ links }) => enqueueSave(links),
  takeBack,
  putAway,
  tryAgain,
  forget: forgetAll,
};

self.addEventListener("message", (event) => {
  const order = orders[event.data?.order];
  if (!order) return;
  const obey = async () => {
    await order(event.data, event);
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
