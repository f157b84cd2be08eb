// Pictures on demand, where data is saved. Without a script, links lead to the picture.

const load = (link) => {
  const picture = new Image();
  const waiting = [...link.children];
  // It waits for another tap.
  picture.onerror = () => {
    link.classList.add("picture--waiting");
    link.removeAttribute("aria-label");
    waiting.at(-1).textContent = document.body.dataset.offline;
    link.replaceChildren(...waiting);
    document.getElementById("announcer").textContent = document.body.dataset.offline;
  };
  const room = link.querySelector("svg");
  [picture.width, picture.height] = [room.getAttribute("width"), room.getAttribute("height")];
  picture.alt = "";
  if (link.dataset.srcset) [picture.sizes, picture.srcset] = ["100vw", link.dataset.srcset];
  picture.src = link.href;
  link.classList.remove("picture--waiting");
  link.setAttribute("aria-label", link.textContent.trim());
  link.replaceChildren(picture);
};

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("#article a.picture--waiting");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  load(link);
});
