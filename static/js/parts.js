// What a page gets when it is wanted: style sheets, and what only scripts show and say (templates/aids/).

export const addStyle = (address, put = (sheet) => document.head.append(sheet)) =>
  new Promise((resolve, reject) => {
    if (document.querySelector(`link[href="${address}"]`)) return resolve();
    const sheet = document.createElement("link");
    [sheet.rel, sheet.href, sheet.onload] = ["stylesheet", address, resolve];
    sheet.onerror = () => {
      sheet.remove();
      reject(new Error(address));
    };
    put(sheet);
  });

// An answer of the server's may look as this page does not: its style sheets come before it shows, above this page's own.
export const bringStyles = (page) =>
  Promise.allSettled(
    [...page.querySelectorAll("link[rel=stylesheet]:not(noscript > *)")].map((link) =>
      addStyle(link.getAttribute("href"), (sheet) => document.querySelector("link[rel=stylesheet]").after(sheet)),
    ),
  );

let asked = null;
const fetchAids = async () => {
  const answer = await fetch(document.body.dataset.aids);
  return new DOMParser().parseFromString((await answer.json()).html, "text/html");
};
export const bringAids = () =>
  (asked ??= fetchAids().catch((error) => {
    asked = null;
    throw error;
  }));
