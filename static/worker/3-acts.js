// Acts done without a network: kept in order, sent later, each under a key of its own so that it is done once.

const WAITS = /^\/(?:save|articles\/([1-9]\d*)\/(archive|unarchive|star|unstar|progress))\/$/;
// How long the server may take to answer; what waits must not be held up by one that never does.
const PATIENCE = 30_000;
// The server takes no request of this size or form, however often it comes.
const TOO_MUCH = new Set([400, 413]);
const CARRIED = ["links", "progress", "position", "done"];

const findWaiting = () => ofPerson("acts");
const findRefused = () => ofPerson("refused");

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
  await inStore("acts", "readwrite", (rows) => {
    former.forEach(({ n }) => rows.delete(n));
    return rows.add(act);
  });
  await self.registration.sync?.register("acts").catch(() => {});
};

// What was shared with the app without a network, and the person said to save.
const enqueueSave = async (links) => {
  const whose = await findPerson();
  if (whose !== NOBODY) await enqueue({ person: whose, key: crypto.randomUUID(), act: "save", article: "", fields: { links }, at: Date.now() });
};

const tellQueued = (request, { act }) =>
  request.mode === "navigate"
    ? Response.redirect(`${OFFLINE_PAGE}?waits=${act}`, 303)
    : new Response(null, { status: 204, headers: { "Teduh-Waits": act } });

const answerAct = async (event) => {
  const { request } = event;
  const act = await readAct(request.clone());
  const whose = await findPerson();
  // Only this person's own pages know the name: what another site posts, or what a page of another person does, never waits.
  if (whose === NOBODY || act.person !== whose) return fetch(request);
  // What was done before goes before: while something waits, this waits too.
  await send();
  if (!(await findWaiting()).length) {
    try {
      const answer = await fetch(request);
      if (!GATEWAY.has(answer.status)) return answer;
    } catch {
      // Kept below.
    }
  }
  await enqueue(act);
  return tellQueued(request, act);
};

// --- Sending ---

const fetchToken = async (whose) => {
  const answer = await fetch("/offline/token/", { cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(PATIENCE / 4) });
  if (!answer.ok) return "";
  await heed(answer);
  return (await findPerson()) === whose ? (await answer.json()).token : "";
};

const settle = ({ n, ...act }, told) =>
  inStore(["acts", "refused"], "readwrite", (acts, refused) => {
    acts.delete(n);
    if (told !== "") refused.add({ ...act, told });
  });

// Tell whether it is settled: done, done before, or refused for good. Else it is tried again later.
const sendOne = async (act, token) => {
  const { person: whose, key, act: name, article, fields } = act;
  const ago = String(Math.max(0, (Date.now() - act.at) / 1000));
  const body = new URLSearchParams({ ...fields, key, person: whose, act: name, article, ago });
  const answer = await fetch("/offline/acts/", { method: "POST", body, headers: { "X-CSRFToken": token }, redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
  if (TOO_MUCH.has(answer.status)) return await settle(act, null), true;
  if (answer.status !== 200 && answer.status !== 422) return false;
  const { refused } = await answer.json();
  // How far one was in an article that is gone helps nobody.
  await settle(act, name === "progress" ? "" : refused);
  return true;
};

const SENT = "sent ";
const sendAll = async () => {
  const waiting = await findWaiting();
  if (!waiting.length) return;
  let sent = 0;
  try {
    const token = await fetchToken(waiting[0].person);
    for (const act of waiting) {
      if (!token || !(await sendOne(act, token))) break;
      if (act.act !== "progress") sent += 1;
    }
  } catch {
    // No network still.
  }
  if (!sent) return;
  // Told by whichever page is there, or comes next.
  const name = SENT + waiting[0].person;
  await note(name, ((await recall(name)) ?? 0) + sent);
  for (const page of await self.clients.matchAll()) page.postMessage(await describe());
};

let sending = Promise.resolve();
const send = () => (sending = sending.then(sendAll, sendAll));

self.addEventListener("sync", (event) => {
  const attempt = async () => {
    await send();
    // The browser tries again by itself.
    if ((await findWaiting()).length) throw new Error("not all is sent");
  };
  if (event.tag === "acts") event.waitUntil(attempt());
});
