// Highlights: a selection offers four colours and a note; a mark offers to change them. Without this module the
// marks are there all the same, and the list below the text has a form for each. Fetched by later.js.

const find = (selector) => document.querySelector(selector);
const prose = () => find("#reading .prose");
const tools = () => find("#mark-tools");
const section = () => find("#highlights");
const part = (name) => tools().querySelector(`[data-mark-act="${name}"]`);
const say = (words) => (find("#announcer").textContent = words);

// --- The text as the server reads it: a line end where a tag parts two lines ---

const INLINE = new Set("a abbr b cite code del em i ins kbd mark q s samp small strong sub sup time u span".split(" "));
const VOID = new Set(["br", "hr"]);
// Soft hyphens are put in for justified lines, spaces at which no line ends into amounts; the server's text has none.
const plain = (text) => text.replaceAll("\xad", "").replace(/Rp\xa0(?=\d)/g, "Rp ");
const rawOffset = (data, offset) => {
  let raw = 0;
  for (let passed = 0; passed < offset || data[raw] === "\xad"; raw += 1) passed += data[raw] !== "\xad";
  return raw;
};

const readText = () => {
  const nodes = [];
  let text = "";
  const visit = (element) => {
    for (const child of element.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) {
        const words = plain(child.data);
        nodes.push({ node: child, start: text.length, end: text.length + words.length });
        text += words;
      } else if (child.nodeType === Node.ELEMENT_NODE && !child.matches(".mark-note, .picture, button, [data-aside]")) {
        const parts = !INLINE.has(child.localName);
        if (parts) text += "\n";
        visit(child);
        if (parts && !VOID.has(child.localName)) text += "\n";
      }
    }
  };
  visit(prose());
  return { nodes, text };
};

const placeOf = (range) => {
  const { nodes, text } = readText();
  let start = -1, end = -1;
  for (const each of nodes) {
    if (!range.intersectsNode(each.node)) continue;
    const passed = (offset) => plain(each.node.data.slice(0, offset)).length;
    const from = each.node === range.startContainer ? passed(range.startOffset) : 0;
    const to = each.node === range.endContainer ? passed(range.endOffset) : each.end - each.start;
    if (from >= to) continue;
    if (start < 0) start = each.start + from;
    end = each.start + to;
  }
  if (start < 0) return null;
  const passage = text.slice(start, end);
  start += passage.length - passage.trimStart().length;
  end -= passage.length - passage.trimEnd().length;
  return start < end ? { start, end, text } : null;
};

// --- Marks in the text ---

const places = new Map();
const marksOf = (id) => [...(prose()?.querySelectorAll(`mark[data-mark="${id}"]`) ?? [])];

const wrap = ({ start, end }, id, colour) => {
  let isFirst = true;
  for (const each of readText().nodes) {
    if (each.end <= start || each.start >= end) continue;
    const [from, to] = [Math.max(start, each.start), Math.min(end, each.end)].map((place) => rawOffset(each.node.data, place - each.start));
    const isBlank = !each.node.data.slice(from, to).trim();
    if (isBlank && !INLINE.has(each.node.parentNode.localName) && !each.node.previousSibling) continue;
    const range = document.createRange();
    range.setStart(each.node, from);
    range.setEnd(each.node, to);
    const mark = document.createElement("mark");
    mark.className = `hl hl--${colour}`;
    mark.dataset.mark = id;
    if (isFirst) mark.id = `mark-${id}`;
    isFirst = false;
    range.surroundContents(mark);
  }
  places.set(String(id), { start, end });
};

const unwrap = (id) => {
  for (const mark of marksOf(id)) {
    const parent = mark.parentNode;
    mark.replaceWith(...mark.childNodes);
    parent.normalize();
  }
  prose()?.querySelector(`.mark-note[href="#highlight-${id}"]`)?.remove();
};

const rename = (old, id) => {
  marksOf(old).forEach((mark, index) => {
    mark.dataset.mark = id;
    if (!index) mark.id = `mark-${id}`;
  });
  if (about?.id === old) about.id = id;
  places.set(String(id), places.get(old));
  places.delete(old);
};

const learnPlaces = () => {
  if (!prose()) return;
  for (const { node, start, end } of readText().nodes) {
    for (let mark = node.parentElement.closest("mark[data-mark]"); mark; mark = mark.parentElement.closest("mark[data-mark]")) {
      const known = places.get(mark.dataset.mark);
      places.set(mark.dataset.mark, { start: known?.start ?? start, end });
    }
  }
};

const setNote = (id, hasNote) => {
  const link = prose().querySelector(`.mark-note[href="#highlight-${id}"]`);
  const last = marksOf(id).at(-1);
  if (!hasNote || !last) return link?.remove();
  if (link) return;
  const made = document.createElement("a");
  made.className = "mark-note";
  made.href = `#highlight-${id}`;
  made.setAttribute("aria-label", tools().dataset.note);
  (last.closest("a") ?? last).after(made);
};

// The list below the text is the truth: what it has is marked, what it has not is not.
const agree = () => {
  const listed = (section().dataset.marks || "").split(" ").filter(Boolean).map((each) => each.split(":"));
  const ids = new Set(listed.map(([id]) => id));
  for (const mark of prose().querySelectorAll("mark[data-mark]")) if (!ids.has(mark.dataset.mark)) unwrap(mark.dataset.mark);
  for (const [id, colour, hasNote] of listed) {
    if (!marksOf(id).length && places.has(id)) wrap(places.get(id), id, colour);
    for (const mark of marksOf(id)) mark.className = `hl hl--${colour}`;
    setNote(id, hasNote === "1");
  }
};

// --- Asking the server ---

const fail = (why) => document.dispatchEvent(new CustomEvent("failed", { detail: why }));

const send = async (address, values) => {
  const body = new FormData(tools().querySelector("form"));
  for (const [name, value] of Object.entries(values)) body.set(name, value);
  let answer, text;
  try {
    answer = await fetch(address, { method: "POST", body, headers: { "HX-Request": "true" } });
    text = await answer.text();
  } catch {
    fail();
    return false;
  }
  const leave = answer.headers.get("HX-Redirect");
  // A note that was written is not lost on the way to the login.
  if (leave && !values.note) return location.assign(leave), false;
  const fresh = answer.ok && new DOMParser().parseFromString(text, "text/html").getElementById("highlights");
  if (!fresh) {
    fail(answer.status === 422 ? text : answer);
    return false;
  }
  section().replaceWith(document.adoptNode(fresh));
  return true;
};

const addressOf = (id, act = "") => `${tools().dataset.address}${id}/${act}`;
const change = async (id, values) => {
  if (!(await send(addressOf(id), values))) return false;
  agree();
  bringUndo();
  return true;
};

// What was done in the text can be undone there, and not only below it; after a while the offer waits below.
const bringUndo = () => {
  const offer = find(".highlight-undo");
  if (!offer) return;
  offer.classList.add("is-along");
  say(offer.querySelector("p").textContent);
  setTimeout(() => offer.classList.remove("is-along"), 20_000);
};

const make = async (place, colour) => {
  const client = crypto.randomUUID?.() ?? ([1e7] + -1e3 + -4e3 + -8e3 + -1e11).replace(/[018]/g, (digit) => (digit ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (digit / 4)))).toString(16));
  const { start, end, text } = place;
  localStorage.setItem("highlight-colour", colour);
  getSelection().removeAllRanges();
  wrap(place, client, colour);
  const values = { client_id: client, colour, start, quote: text.slice(start, end), prefix: text.slice(Math.max(0, start - 64), start), suffix: text.slice(end, end + 64) };
  const isMade = await send(section().dataset.make, values);
  const [, id] = (section().dataset.made ?? "").split(":");
  if (!isMade || !id) return unwrap(client), null;
  if (marksOf(id).length) unwrap(client);
  else rename(client, id);
  agree();
  // The key that takes back what was just done.
  find(`#highlight-${id} form button`)?.setAttribute("data-key", "u");
  say(tools().dataset.done);
  return id;
};

// --- The small box: about a selection, or about a mark ---

let about = null;
let returnTo = null;
let home = null;
const blockOf = (node) => (node instanceof Element ? node : node?.parentElement)?.closest(".prose > *") ?? null;
const goHome = (block) => {
  if (!block?.isConnected) return;
  block.tabIndex = -1;
  block.focus({ preventScroll: true });
};
const usualColour = () => localStorage.getItem("highlight-colour") ?? "yellow";

const frameOf = () => (about.id ? marksOf(about.id)[0] : about.range)?.getBoundingClientRect();

const put = () => {
  const box = tools(), frame = frameOf();
  if (!frame || getComputedStyle(box).position === "fixed") return;
  const home = box.offsetParent?.getBoundingClientRect() ?? { left: 0, top: 0 };
  const left = Math.min(Math.max(8, frame.left + frame.width / 2 - box.offsetWidth / 2), document.documentElement.clientWidth - box.offsetWidth - 8);
  const above = frame.top - box.offsetHeight - 8;
  box.style.left = `${left - home.left}px`;
  box.style.top = `${(above > 56 ? above : frame.bottom + 8) - home.top}px`;
};

const open = (next, { focus = "" } = {}) => {
  about = next;
  home = blockOf(about.id ? marksOf(about.id)[0] : about.range.startContainer);
  const line = about.id && find(`#highlight-${about.id}`);
  const colour = about.id ? marksOf(about.id)[0]?.className.match(/hl--(\w+)/)?.[1] : "";
  for (const button of tools().querySelectorAll("[data-colour]")) button.setAttribute("aria-pressed", button.dataset.colour === colour);
  part("delete").hidden = !about.id;
  find("#mark-note").value = line ? [...line.querySelectorAll(".highlight-note p")].map((each) => each.innerText).join("\n\n") : "";
  showNote(focus === "note");
  tools().hidden = false;
  // On a phone both stand at the foot of the window.
  find(".highlight-undo")?.classList.remove("is-along");
  put();
  if (focus && document.activeElement !== document.body) returnTo ??= document.activeElement;
  const target = focus === "note" ? find("#mark-note") : tools().querySelector('[aria-pressed="true"]');
  // Later, or the key that opened the box is typed into it.
  if (focus) setTimeout(() => target?.focus());
};

const showNote = (isShown) => {
  find("#mark-note-box").hidden = !isShown;
  part("note").setAttribute("aria-expanded", isShown);
};

// Only what is still about the same: on a slow line, the next may be open when the last is done.
const close = (what = about) => {
  if (!tools() || tools().hidden || about !== what) return;
  const had = tools().contains(document.activeElement);
  tools().hidden = true;
  about = null;
  if (had && returnTo?.isConnected) returnTo.focus({ preventScroll: true });
  else if (had) goHome(home);
  returnTo = null;
};

const selected = () => {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed || !prose()) return null;
  const range = selection.getRangeAt(0);
  if (!range.intersectsNode(prose()) || tools().contains(selection.anchorNode)) return null;
  const place = placeOf(range);
  return place && { range: range.cloneRange(), place };
};

// What the box is about when it is pressed: the selection may have grown since it opened.
const pressed = () => (about.id ? about : (selected() ?? about));

// The paragraph that is nearest to the middle of the window, of those in sight.
const findMiddle = () => {
  const middle = innerHeight / 2;
  const inSight = [...(prose()?.children ?? [])]
    .map((block) => ({ block, ...block.getBoundingClientRect().toJSON() }))
    .filter(({ block, top, bottom, height }) => height && bottom > 0 && top < innerHeight && block.localName !== "hr");
  const away = ({ top, bottom }) => Math.max(top - middle, middle - bottom, 0);
  return inSight.sort((one, other) => away(one) - away(other))[0]?.block;
};

// The selection, else the paragraph with the focus, else the one in the middle of the window.
const meant = () => {
  const chosen = selected();
  if (chosen) return chosen;
  const block = document.activeElement?.closest?.("#reading .prose > *") ?? findMiddle();
  if (!block) return null;
  const mark = block.querySelector("mark[data-mark]");
  if (mark) return { id: mark.dataset.mark };
  const range = document.createRange();
  range.selectNodeContents(block);
  const place = placeOf(range);
  return place && { range, place };
};

const acts = {
  close,
  // By key: marks what is meant; where that is marked already, offers to change it.
  highlight: async () => {
    const target = meant();
    if (target?.id) open(target, { focus: "colour" });
    else if (target) close(), await make(target.place, usualColour());
    else fail(find("#copying")?.dataset.select);
  },
  note: async () => {
    const target = tools().hidden ? meant() : pressed();
    if (!target) return fail(find("#copying")?.dataset.select);
    if (!tools().hidden && !find("#mark-note-box").hidden) return showNote(false);
    if (!target.id) close();
    const id = target.id ?? (await make(target.place, usualColour()));
    if (!id) return;
    if (!find(`#highlight-${id}`)) return location.assign(addressOf(id));
    open({ id }, { focus: "note" });
  },
  keep: async () => {
    const what = about;
    if (!(await change(what.id, { note: find("#mark-note").value }))) return;
    close(what);
    say(tools().dataset.noted);
  },
  delete: async () => {
    const what = about;
    if (!(await send(addressOf(what.id, "delete/"), {}))) return;
    agree();
    close(what);
    bringUndo();
  },
  copy: async () => {
    const { id, place } = pressed();
    const text = id ? readText().text.slice(places.get(id).start, places.get(id).end) : place.text.slice(place.start, place.end);
    const words = `“${text.replace(/\s*\n\s*/g, "\n").trim()}”\n— ${section().dataset.source}`;
    try {
      await navigator.clipboard.writeText(words);
      say(tools().dataset.copied);
      close();
    } catch {
      fail(tools().dataset.uncopied);
    }
  },
};

// --- What a person does ---

let waiting = 0;
// The box must not come between a mouse and the words that it is drawn over; this may begin amid that.
let isDrawing = false;
const lookAtSelection = () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    if (isDrawing || !tools() || tools().contains(document.activeElement)) return;
    const chosen = selected();
    if (chosen) open(chosen);
    else if (about && !about.id) close();
  }, 150);
};
document.addEventListener("selectionchange", lookAtSelection);
for (const kind of ["pointerdown", "pointermove"]) document.addEventListener(kind, ({ pointerType, buttons }) => (isDrawing = pointerType === "mouse" && buttons === 1));
for (const kind of ["pointerup", "pointercancel"])
  document.addEventListener(kind, () => {
    if (isDrawing) lookAtSelection();
    isDrawing = false;
  });

// A press on the box must not take the selection away.
document.addEventListener("pointerdown", (event) => {
  if (!tools() || tools().hidden) return;
  if (!tools().contains(event.target)) {
    if (about?.id && !event.target.closest("mark[data-mark]")) close();
  } else if (event.target.localName !== "textarea") event.preventDefault();
});

document.addEventListener("click", async (event) => {
  if (!tools() || !(event.target instanceof Element)) return;
  const colour = event.target.closest("[data-colour]")?.dataset.colour;
  if (colour && about) {
    const what = pressed();
    // At once: pressed again, it would be marked twice.
    if (!what.id) return close(), make(what.place, colour);
    await change(what.id, { colour });
    localStorage.setItem("highlight-colour", colour);
    return close(what);
  }
  const act = event.target.closest("[data-mark-act]")?.dataset.markAct;
  if (act && (about || act === "highlight" || act === "note")) return acts[act]();
  const mark = event.target.closest(".prose mark[data-mark]");
  if (mark && !event.target.closest("a") && getSelection().isCollapsed) return open({ id: mark.dataset.mark });
  const edit = event.target.closest("#highlights [data-edit-mark]");
  if (edit && marksOf(edit.dataset.editMark).length && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    marksOf(edit.dataset.editMark)[0].scrollIntoView({ block: "center" });
    open({ id: edit.dataset.editMark }, { focus: "note" });
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && tools() && !tools().hidden) {
    event.preventDefault();
    close();
  }
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.id === "mark-note") acts.keep();
});

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (form.closest("#mark-tools")) event.preventDefault();
  if (!form.closest("#highlights")) return;
  event.preventDefault();
  const isAlong = form.closest(".is-along");
  const isHere = form.contains(document.activeElement);
  if (!(await send(form.action, Object.fromEntries(new FormData(form))))) return;
  agree();
  if (form.closest(".highlight-undo")) say(tools().dataset.undone);
  if (event.submitter?.dataset.key && !isAlong && !isHere) return bringUndo();
  // From what came along with the text one goes back to the text, and by a key one stays there.
  if (isAlong) isHere && goHome(home);
  else (find(".highlight-undo button") ?? find("#highlights-heading")).focus();
});

addEventListener("resize", () => about && put());
// A page that waited for its article has another text then.
document.addEventListener("arrived", () => {
  places.clear();
  learnPlaces();
});
learnPlaces();
lookAtSelection();
