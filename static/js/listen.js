// Reading aloud with the browser's own voices: paragraph by paragraph, then on to the next unread article.
// Fetched by later.js where the browser can speak.

const find = (selector) => document.querySelector(selector);
const player = () => find("#listen");
const part = (name) => player().querySelector(`[data-listen="${name}"]`);
const words = () => player().dataset;
const say = (sentence) => (part("status").textContent = sentence);
const voicebox = window.speechSynthesis;
const calm = matchMedia("(prefers-reduced-motion: reduce)");

// --- What is read: the title, then each block of the text but pictures, in sentences ---

const SKIPPED = ".mark-note, .picture, button, figure, hr, [data-aside], [hidden], script, style";
// Engines stop in longer ones, and going on after a pause begins a sentence anew.
const LONGEST = 220;

const textOf = (block) => {
  const copy = block.cloneNode(true);
  copy.querySelectorAll(SKIPPED).forEach((each) => each.remove());
  copy.querySelectorAll("li, p, td, th, dt, dd, br").forEach((each) => each.append(" "));
  return copy.textContent.replaceAll("\xad", "").replace(/\s+/g, " ").trim();
};
const findBlocks = () =>
  [find("#article h1"), ...document.querySelectorAll("#article .prose > *")].filter((block) => block && !block.matches(SKIPPED) && textOf(block));

const language = () => find("#article").lang || document.documentElement.lang;

const split = (text) => {
  const sentences = window.Intl?.Segmenter
    ? [...new Intl.Segmenter(language(), { granularity: "sentence" }).segment(text)].map((each) => each.segment)
    : text.match(/[^.!?…]+[.!?…]*["”’)]*\s*|.+/g);
  const pieces = [];
  for (const sentence of sentences) {
    for (const piece of sentence.match(new RegExp(`.{1,${LONGEST}}(?:\\s|$)|.{1,${LONGEST}}`, "g")) ?? []) {
      if (pieces.length && pieces.at(-1).length + piece.length <= LONGEST) pieces[pieces.length - 1] += piece;
      else pieces.push(piece);
    }
  }
  return pieces.filter((piece) => piece.trim());
};

// --- Voices ---

const base = (tag) => tag.toLowerCase().replace("_", "-").split("-")[0].replace(/^in$/, "id");
const nameOf = (tag) => new Intl.DisplayNames([document.documentElement.lang], { type: "language" }).of(base(tag));
const fits = (voice) => base(voice.lang) === base(language());
const voices = () => voicebox.getVoices().sort((one, other) => fits(other) - fits(one) || one.name.localeCompare(other.name));
const kept = (name) => localStorage.getItem(`listen-${name}`);

const offerVoices = () => {
  const all = voices();
  const own = all.filter(fits);
  const choice = part("voice");
  choice.replaceChildren(...all.map((voice) => new Option(`${voice.name} (${nameOf(voice.lang)})`, voice.voiceURI)));
  const usual = own.find((voice) => voice.voiceURI === kept(`voice-${base(language())}`)) ?? own.find((voice) => voice.localService) ?? own[0] ?? all.find((voice) => voice.default) ?? all[0];
  if (usual) choice.value = usual.voiceURI;
  for (const name of ["play", "back", "on", "voice", "rate"]) part(name).disabled = !all.length;
  if (!all.length) say(words().noVoices);
  else if (!own.length) say(words().noVoice.replace("{language}", nameOf(language())));
  else if ([words().noVoices, words().waiting].includes(part("status").textContent)) say("");
  return all.length;
};
const chosenVoice = () => voices().find((voice) => voice.voiceURI === part("voice").value);

// --- Reading ---

let blocks = [];
let at = 0;
let pieces = [];
let piece = 0;
let isPlaying = false;
let turn = 0;
let utterance = null;
let quiet = null;

const show = () => {
  find(".is-heard")?.classList.remove("is-heard");
  const block = blocks[at];
  if (!block || player().hidden) return;
  block.classList.add("is-heard");
  const frame = block.getBoundingClientRect();
  const bottom = innerHeight - player().offsetHeight;
  if (frame.top < 60 || frame.bottom > bottom)
    scrollTo({ top: scrollY + frame.top - Math.max(64, (bottom - frame.height) / 3), behavior: calm.matches ? "instant" : "smooth" });
};

const showState = () => {
  const button = part("play");
  button.textContent = isPlaying ? words().pause : words().play;
  player().classList.toggle("is-playing", isPlaying);
  find("#listen-open")?.setAttribute("aria-pressed", isPlaying);
  if ("mediaSession" in navigator) navigator.mediaSession.playbackState = isPlaying ? "playing" : "paused";
};

const hush = () => {
  turn += 1;
  voicebox.cancel();
};

const goTo = (index) => {
  at = Math.min(Math.max(index, 0), blocks.length - 1);
  pieces = split(textOf(blocks[at]));
  piece = 0;
  show();
};

const speak = () => {
  hush();
  const now = turn;
  utterance = new SpeechSynthesisUtterance(pieces[piece]);
  utterance.voice = chosenVoice() ?? null;
  utterance.lang = utterance.voice?.lang ?? language();
  utterance.rate = Number(part("rate").value);
  utterance.onend = () => now === turn && goOn();
  utterance.onerror = (event) => now === turn && stumble(event.error);
  voicebox.speak(utterance);
};

const goOn = () => {
  piece += 1;
  if (piece < pieces.length) return speak();
  if (at + 1 >= blocks.length) return finish();
  goTo(at + 1);
  speak();
};

const stumble = (error) => {
  if (["canceled", "interrupted"].includes(error)) return;
  pause();
  say(error === "not-allowed" ? words().pressPlay : words().failed);
};

const play = () => {
  if (!offerVoices()) return;
  if (!blocks[at]?.isConnected) begin();
  if (!blocks.length) return;
  isPlaying = true;
  say("");
  showState();
  tellMediaKeys();
  show();
  speak();
};

const pause = () => {
  hush();
  isPlaying = false;
  quiet?.pause();
  showState();
};

const skip = (step) => {
  if (!blocks.length) return;
  goTo(at + step);
  if (isPlaying) speak();
};

// From the paragraph with the focus, else from the first one in sight.
const begin = () => {
  blocks = findBlocks();
  const focused = document.activeElement?.closest?.("#article .prose > *");
  const inSight = scrollY < 200 ? 0 : blocks.findIndex((block) => block.getBoundingClientRect().bottom > 80);
  if (blocks.length) goTo(focused && blocks.includes(focused) ? blocks.indexOf(focused) : Math.max(inSight, 0));
};

const finish = async () => {
  pause();
  let next = null;
  try {
    const answer = await fetch(find("#listen-open").dataset.next, { headers: { Accept: "application/json" } });
    next = answer.ok && !answer.redirected ? await answer.json() : null;
  } catch {
    next = null;
  }
  if (!next) return say(document.body.dataset.offline);
  if (!next.url) return say(words().done);
  say(words().then.replace("{title}", next.title));
  sessionStorage.setItem("listen", "1");
  location.assign(next.url);
};

// --- The keys of keyboards, headsets and locked screens: they go to a page that plays something ---

const tellMediaKeys = () => {
  if (!("mediaSession" in navigator)) return;
  quiet ??= Object.assign(new Audio(words().quiet), { loop: true });
  quiet.play().catch(() => {});
  navigator.mediaSession.metadata = new MediaMetadata({ title: find("#article h1").textContent.trim(), artist: find("#listen-open").dataset.site, album: "Teduh" });
  const handlers = { play, pause, stop: close, previoustrack: () => skip(-1), nexttrack: () => skip(1), seekbackward: () => skip(-1), seekforward: () => skip(1) };
  for (const [name, handler] of Object.entries(handlers)) {
    try {
      navigator.mediaSession.setActionHandler(name, handler);
    } catch {
      // A key that this browser does not know.
    }
  }
};

// --- The player ---

// In a voice for another language only if asked to.
const playIfItFits = () => (offerVoices() && chosenVoice() && fits(chosenVoice()) ? play() : begin());

const open = () => {
  player().hidden = false;
  part("rate").value = kept("rate") ?? "1";
  say(voicebox.getVoices().length ? "" : words().waiting);
  // Some browsers need a while to say which voices they have, and some never say that there are none.
  if (voicebox.getVoices().length) playIfItFits();
  else setTimeout(() => !player().hidden && !isPlaying && playIfItFits(), 1200);
};

const close = () => {
  const had = player().contains(document.activeElement);
  pause();
  player().hidden = true;
  show();
  if ("mediaSession" in navigator) navigator.mediaSession.metadata = null;
  if (had) find("#listen-open").focus();
};

const acts = {
  open: () => (player().hidden ? open() : isPlaying ? pause() : play()),
  play: () => (isPlaying ? pause() : play()),
  back: () => skip(-1),
  on: () => skip(1),
  close,
};

voicebox.addEventListener?.("voiceschanged", () => !player()?.hidden && offerVoices());
document.addEventListener("click", (event) => acts[event.target.closest?.("[data-listen]")?.dataset.listen]?.());
document.addEventListener("change", (event) => {
  const name = event.target.dataset?.listen;
  if (name === "rate") localStorage.setItem("listen-rate", event.target.value);
  if (name === "voice" && chosenVoice()) localStorage.setItem(`listen-voice-${base(chosenVoice().lang)}`, event.target.value);
  if (["rate", "voice"].includes(name) && isPlaying) speak();
});
addEventListener("pagehide", () => voicebox.cancel());
