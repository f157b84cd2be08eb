// Acts done without a network: kept in order, sent later, each under a key of its own so that it is done once.

const WAITS = /^\/(?:save|articles\/([1-9]\d*)\/(archive|unarchive|star|unstar|progress))\/$/;
const LOGIN = "/accounts/login/";
const CARRIED = ["links", "progress", "position", "done"];
// How long somebody who pressed a button waits for the server before the act is kept for later.
const SOON = 10_000;
// How long the server may take to save, which can be much, and for what is sent late.
const PATIENCE = 30_000;
// The server takes no request of this size or form, however often it comes.
const TOO_MUCH = new Set([400, 413]);
// The server is there but cannot do this act: it is tried so often, and for so long, before it is set aside.
const TRIES = 5;
const TRIED_FOR = 600_000;
// It has too much to do, or no room, or does not answer: that passes.
const SILENT = 0;
const BUSY = new Set([SILENT, 429, 503]);
const BUSY_FOR = 24 * 3_600_000;

const findWaiting = () => ofPerson("acts");
const findRefused = () => ofPerson("refused");

// Acts on different articles cannot undo each other. What is saved again comes back to the list that one moved it from.
const MOVING = new Set(["archive", "unarchive", "progress"]);
const collide = (one, other) => {
  if (one.article && other.article) return one.article === other.article;
  return MOVING.has(one.act) || MOVING.has(other.act);
};

const readAct = async (request) => {
  const [, article = "", name = "save"] = new URL(request.url).pathname.match(WAITS);
  const form = await request.formData();
  const fields = Object.fromEntries(CARRIED.filter((each) => form.has(each)).map((each) => [each, form.get(each)]));
  const at = Date.now() - 1000 * (Number(form.get("ago")) || 0);
  return { person: form.get("person"), key: crypto.randomUUID(), act: name, article, fields, at };
};

// Of how far one was in an article, the last word is enough; that it was read to its end stays said.
const enqueue = async (act) => {
  const former = act.act === "progress" ? (await findWaiting()).filter((row) => row.act === "progress" && row.article === act.article) : [];
  if (former.some(({ fields }) => fields.done)) act.fields.done = "1";
  const add = () =>
    inStore("acts", "readwrite", (rows) => {
      former.forEach(({ n }) => rows.delete(n));
      return rows.add(act);
    });
  // An article can be fetched again, an act cannot.
  for (let isKept = false; !isKept; ) {
    try {
      await add();
      isKept = true;
    } catch (error) {
      if (error.name !== "QuotaExceededError" || !(await makeRoom())) throw error;
    }
  }
  self.registration.sync?.register("acts").catch(() => {});
};

// What was shared with the app without a network, and the person said to save.
const enqueueSave = async (links) => {
  const whose = await findPerson();
  if (whose !== NOBODY) await enqueue({ person: whose, key: crypto.randomUUID(), act: "save", article: "", fields: { links }, at: Date.now() });
};

const tell = (request, how, { act }) =>
  request.mode === "navigate"
    ? Response.redirect(`${OFFLINE_PAGE}?${how}=${act}`, 303)
    : new Response(null, { status: how === "lost" ? 507 : 204, headers: { [`Teduh-${how}`]: act } });

const keepForLater = (request, act, answer = tell(request, "waits", act)) =>
  enqueue(act).then(
    () => answer,
    () => tell(request, "lost", act),
  );

// Where a form leads is told in a header: browsers show no worker whose redirect it is.
const sendNow = async (request, patience, told = {}) => {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), patience);
  const headers = new Headers(request.headers);
  for (const [name, value] of Object.entries(told)) headers.set(name, value);
  if (request.mode === "navigate") headers.set("Teduh-Worker", "1");
  try {
    return await fetch(new Request(request, { headers, referrer: request.referrer || "about:client", signal: stop.signal }));
  } finally {
    clearTimeout(timer);
  }
};
const lead = (answer) => {
  const place = answer.headers.get("Teduh-Location");
  return place ? Response.redirect(new URL(place, location.origin), 303) : answer;
};

// To the login and back, by way of whatever asked: a form, htmx, a script.
const leadToLogin = (request) => {
  const login = `${LOGIN}?next=${encodeURIComponent(request.referrer ? new URL(request.referrer).pathname : "/")}`;
  return request.mode === "navigate"
    ? Response.redirect(login, 303)
    : new Response(null, { status: 204, headers: { "HX-Redirect": login, "Teduh-Person": NOBODY } });
};

// Done is only what the server says that it did for this person: not what a stranger at the gate answered, nor what led
// to the login, nor what came with the token of an earlier login.
const doOrKeep = async (request, act) => {
  const isUp = await soon(send());
  // What was done before goes before.
  if (!isUp || (await findWaiting()).some((other) => collide(other, act))) return keepForLater(request, act);
  const answer = await sendNow(request, act.act === "save" ? PATIENCE : SOON, { "Teduh-Keeps": "1" }).catch(() => null);
  if (!answer || !isOurs(answer)) return keepForLater(request, act);
  if (answer.headers.get("Teduh-Person") !== act.person) return keepForLater(request, act, leadToLogin(request));
  return answer.status === 403 ? keepForLater(request, act) : lead(answer);
};

// Two presses on a slow line do not overtake each other.
const underWay = new Set();
const answerAct = async (event) => {
  const { request } = event;
  const act = await readAct(request.clone());
  const whose = await findPerson().catch(() => NOBODY);
  // Only this person's own pages know the name: what another site posts, or what a page of another person does, never waits.
  if (whose === NOBODY || act.person !== whose) return finishLeaving().then(() => fetch(request));
  if (act.act === "progress") event.waitUntil(keepPlace(act).catch(() => {}));
  const earlier = [...underWay].filter((each) => collide(each.act, act)).map(({ isOver }) => isOver);
  const mine = { act, isOver: Promise.allSettled(earlier).then(() => doOrKeep(request, act)) };
  underWay.add(mine);
  return mine.isOver.finally(() => underWay.delete(mine));
};

// --- Sending ---

const fetchToken = async (whose) => {
  const answer = await fetch("/offline/token/", { cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(PATIENCE / 4) });
  if (!answer.ok || !isOurs(answer)) return "";
  await heed(answer);
  return (await findPerson()) === whose ? (await answer.json()).token : "";
};

const settle = ({ n, tries, failedAt, ...act }, refused) =>
  inStore(["acts", "refused"], "readwrite", (acts, all) => {
    acts.delete(n);
    if (refused) all.add({ ...act, ...refused });
  });

// The server was there and did not do it. Not for ever: what is set aside is shown, and can be tried again.
const noteFailure = async (act, status) => {
  const tries = (act.tries ?? 0) + 1;
  const failedAt = act.failedAt ?? Date.now();
  const isOver = tries >= TRIES && Date.now() - failedAt >= (BUSY.has(status) ? BUSY_FOR : TRIED_FOR);
  if (isOver) return settle(act, { why: "failed" });
  return inStore("acts", "readwrite", (rows) => {
    // It may have been taken back meanwhile.
    rows.get(act.n).onsuccess = ({ target }) => target.result && rows.put({ ...act, tries, failedAt });
  });
};

// The answer; none when the server keeps silent, and an error when there is no line to it.
const askToDo = async ({ person: whose, key, act, article, fields, at }, token) => {
  const ago = String(Math.max(0, (Date.now() - at) / 1000));
  const body = new URLSearchParams({ ...fields, key, person: whose, act, article, ago });
  try {
    return await fetch("/offline/acts/", { method: "POST", body, headers: { "X-CSRFToken": token }, redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
  } catch (error) {
    if (error.name === "TimeoutError") return null;
    throw error;
  }
};

const SENT = "sent ";
// Tell whether it is settled: done, done before, or refused for good.
const sendOne = async (act, token) => {
  const answer = await askToDo(act, token);
  const isAnswer = answer?.headers.get("Teduh-Person") === act.person && (answer.status === 200 || answer.status === 422);
  if (isAnswer) {
    const { refused } = await answer.json();
    // How far one was in an article that is gone helps nobody.
    await settle(act, refused && act.act !== "progress" ? { told: refused } : null);
    // Told by whichever page is there, or comes next.
    if (!refused && act.act !== "progress") await alter(SENT + act.person, (count = 0) => count + 1);
  } else if (TOO_MUCH.has(answer?.status)) await settle(act, { why: "tooMuch" });
  else await noteFailure(act, answer?.status ?? SILENT);
  return isAnswer;
};

// One failure holds up what could undo it or be undone, and nothing else.
const sendEach = async (whose, token) => {
  const passed = new Set();
  const held = [];
  while (held.length < MOST_FAILURES) {
    // Read anew each time: meanwhile more may have come, and some may have been taken back.
    const act = (await findWaiting()).find(({ n }) => !passed.has(n));
    if (act?.person !== whose) return;
    passed.add(act.n);
    if (held.some((other) => collide(other, act))) continue;
    if (!(await sendOne(act, token))) held.push(act);
  }
};

// Tell whether the server is there, as far as one knows.
const sendAll = async () => {
  const waiting = await findWaiting();
  if (!waiting.length) return true;
  const whose = waiting[0].person;
  try {
    const token = await fetchToken(whose);
    if (token) await sendEach(whose, token);
    return Boolean(token);
  } catch {
    return false;
  } finally {
    if ((await findWaiting()).length < waiting.length) await tellPages();
  }
};

let sending = Promise.resolve();
let next = null;
// One run at a time; all who ask meanwhile share the one after it.
const send = () => {
  next ??= sending = sending.catch(() => {}).then(() => {
    next = null;
    return sendAll();
  });
  return next;
};

self.addEventListener("sync", (event) => {
  const attempt = async () => {
    await send();
    // The browser tries again by itself.
    if ((await findWaiting()).length) throw new Error("not all is sent");
  };
  if (event.tag === "acts") event.waitUntil(attempt());
});

// --- What the person says of what waits or was set aside ---

const takeBack = ({ n }) => inStore("acts", "readwrite", (rows) => rows.delete(n));
const putAway = ({ n }) => inStore("refused", "readwrite", (rows) => rows.delete(n));
// Under its key still: it may have been done, though the server could not say so.
const tryAgain = async ({ n }) => {
  await inStore(["acts", "refused"], "readwrite", (acts, refused) => {
    refused.get(n).onsuccess = ({ target }) => {
      if (!target.result) return;
      const { n: former, why, ...act } = target.result;
      acts.add(act);
      refused.delete(n);
    };
  });
  await send();
};
