// What is brought when it is first wanted: the module, what it shows, and how that looks.

import { addStyle, bringAids } from "./parts.js";

const modules = {
  acts: () => import("./acts.js"),
  device: () => import("./offline.js"),
  listen: () => import("./listen.js"),
  look: () => import("./look.js"),
  marks: () => import("./marks.js"),
  pictures: () => import("./pictures.js"),
  thrift: () => import("./thrift.js"),
};

// What the module shows, and where that has its place: also in an article that arrives later.
const shown = { listen: "listen", look: "look", marks: "mark-tools", pictures: "lightbox" };
const parts = new Map();
const put = (part) => {
  if (part.id === "look") document.querySelector(".panel-body")?.replaceChildren(part);
  else document.getElementById("foot").before(part);
};
document.addEventListener("arrived", () => {
  for (const part of parts.values()) if (!part.isConnected) put(part);
});

const bringPart = async (name) => {
  const part = (await bringAids()).getElementById(shown[name]) ?? parts.get(name);
  // The token of this page's own forms, and this page to come back to.
  const values = { csrfmiddlewaretoken: document.querySelector("[name=csrfmiddlewaretoken]").value, next: location.pathname + location.search };
  for (const [field, value] of Object.entries(values)) for (const box of part.querySelectorAll(`[name=${field}]`)) box.value = value;
  parts.set(name, part);
  put(part);
  return part.dataset.style && addStyle(part.dataset.style);
};

const bring = async (name) => {
  if (shown[name]) await bringPart(name);
  await modules[name]();
};

// Once, however often it is asked for meanwhile: no module before its looks.
const coming = new Map();
export const load = (name) => {
  if (!coming.has(name)) coming.set(name, bring(name).finally(() => coming.delete(name)));
  return coming.get(name);
};
