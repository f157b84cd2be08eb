// The sheet of keys, over whatever page one is on.

import { addStyle, bringAids } from "./parts.js";

// Those of an article are there without a network as well; those of a list are a page of the server's.
const find = async (link) => {
  if (link.closest("#reading")) return (await bringAids()).getElementById("key-sheet").cloneNode(true);
  const answer = await fetch(link.href);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const keys = page.getElementById("key-sheet");
  if (!keys) document.dispatchEvent(new CustomEvent("failed", { detail: answer }));
  return keys;
};

const open = async () => {
  const link = document.querySelector("a[data-go='?']");
  const keys = link && (await find(link));
  if (!keys) return;
  await addStyle(keys.dataset.style);
  const sheet = document.createElement("dialog");
  sheet.className = "key-sheet";
  sheet.setAttribute("aria-label", keys.querySelector("h1").textContent);
  sheet.append(keys);
  const close = sheet.querySelector(".key-close");
  close.hidden = false;
  sheet.addEventListener("close", () => sheet.remove());
  sheet.addEventListener("click", (event) => [sheet, close].includes(event.target) && sheet.close());
  document.body.append(sheet);
  sheet.tabIndex = -1;
  sheet.showModal();
  // Reading begins at the dialog, not at the button at its end.
  sheet.focus();
  sheet.scrollTop = 0;
};

let coming = null;
export const show = () => (coming ??= open().finally(() => (coming = null)));
