// The sheet of keys, over whatever page one is on.

import { addStyle } from "./parts.js";

const open = async () => {
  const address = document.querySelector("a[data-go='?']")?.href;
  if (!address) return;
  const answer = await fetch(address);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const keys = page.getElementById("key-sheet");
  if (!keys) return document.dispatchEvent(new CustomEvent("failed", { detail: answer }));
  await addStyle(keys.dataset.style);
  const sheet = document.createElement("dialog");
  sheet.className = "key-sheet";
  sheet.setAttribute("aria-label", page.querySelector("h1").textContent);
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
};

let coming = null;
export const show = () => (coming ??= open().finally(() => (coming = null)));
