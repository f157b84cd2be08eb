// Signing out, also without a network: all is forgotten here at once, and the server is told before it is asked for more.

const LOGOUT = "/accounts/logout/";
let isLeaving = null;
const findLeaving = async () => (isLeaving ??= Boolean(await recall("leaving").catch(() => false)));

const tellServer = (address, options = {}) =>
  fetch(address, { ...options, headers: { "Teduh-Worker": "1", ...options.headers }, cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(SOON) });

const endSession = async () => {
  let answer = await tellServer("/offline/token/");
  if (!isOurs(answer)) throw new Error("a stranger's page");
  if (answer.headers.get("Teduh-Person") !== NOBODY) {
    const { token } = await answer.json();
    answer = await tellServer(LOGOUT, { method: "POST", headers: { "X-CSRFToken": token } });
    if (answer.headers.get("Teduh-Person") !== NOBODY) throw new Error("not signed out");
  }
  isLeaving = false;
  await note("leaving", false);
};

// Ends the session that a person has left; fails while the server cannot be told.
let ending = null;
const leave = () => (ending ??= endSession().finally(() => (ending = null)));

// Nothing more is asked with the session that was left.
const finishLeaving = async () => {
  if (await findLeaving()) await leave();
};

// A form of another site's is nobody's wish to leave: the server refuses it, and nothing here is forgotten for it.
const isFromHere = ({ referrer }) => referrer.startsWith(`${location.origin}/`);

const answerLeaving = async (event) => {
  const answer = await sendNow(event.request, SOON).catch(() => null);
  if (answer?.headers.get("Teduh-Person") === NOBODY) return lead(answer);
  await forgetAll();
  isLeaving = true;
  await note("leaving", true);
  // The form may have the token of an earlier login.
  const isGone = await leave().then(() => true, () => false);
  return Response.redirect(isGone ? LOGIN : `${OFFLINE_PAGE}?left=1`, 303);
};
