// Pictures: large at a click. Without a script, links lead to the picture.

import { makeZoom } from "./zoom.js";

const all = () => [...document.querySelectorAll("#article a.picture:not(.picture--waiting)")];

// Shows the picture of the link, and returns how it is made larger.
const fill = (sheet, link) => {
  const picture = new Image();
  Object.assign(picture, { src: link.href, alt: "", draggable: false });
  const frame = document.createElement("div");
  frame.className = "lightbox-frame";
  frame.append(picture);
  const figure = document.createElement("figure");
  figure.append(frame);
  const caption = link.closest("figure:not(:has(> .bare))")?.querySelector("figcaption")?.cloneNode(true);
  if (caption) figure.append(caption);
  sheet.querySelector("figure")?.remove();
  sheet.append(figure);
  sheet.scrollTop = 0;
  return makeZoom(frame, picture);
};

// A finger to the side leads on, unless it moves over a picture or a window that was made larger.
const watchFingers = (sheet, isLarger, go) => {
  let from = null;
  const isWindowLarger = () => visualViewport.scale > 1.05;
  const onZoom = () => sheet.classList.toggle("is-larger", isWindowLarger());
  onZoom();
  visualViewport.addEventListener("resize", onZoom);
  sheet.addEventListener(
    "touchstart",
    ({ touches }) => (from = touches.length === 1 && !isLarger() && !isWindowLarger() ? touches[0] : null),
    { passive: true },
  );
  sheet.addEventListener("touchend", ({ changedTouches: [to] }) => {
    const [x, y] = from ? [to.clientX - from.clientX, to.clientY - from.clientY] : [0, 0];
    if (Math.abs(x) > 48 && Math.abs(x) > 2 * Math.abs(y)) go(x < 0 ? 1 : -1);
    from = null;
  });
  return () => visualViewport.removeEventListener("resize", onZoom);
};

const open = (link) => {
  if (document.querySelector("dialog.lightbox")) return;
  const sheet = document.getElementById("lightbox").content.firstElementChild.cloneNode(true);
  let index = all().indexOf(link);
  let zoom = fill(sheet, link);
  const go = (step) => {
    const pictures = all();
    if (!pictures[index + step]) return;
    index += step;
    zoom = fill(sheet, pictures[index]);
    update(pictures);
  };
  const update = (pictures) => {
    sheet.querySelector("[data-step='-1']").disabled = index <= 0;
    sheet.querySelector("[data-step='1']").disabled = index >= pictures.length - 1;
    if (pictures.length > 1) sheet.querySelector(".lightbox-count").textContent = `${index + 1} / ${pictures.length}`;
    else sheet.querySelectorAll("[data-step]").forEach((button) => (button.hidden = true));
  };
  sheet.addEventListener("click", (event) => {
    const step = event.target.closest("[data-step]")?.dataset.step;
    if (step) go(Number(step));
    else if (event.target.closest("[data-close]") || event.target.tagName === "FIGURE") sheet.close();
  });
  sheet.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (zoom.press(event.key)) event.preventDefault();
    else if (step) go(step);
  });
  const forget = watchFingers(sheet, () => zoom.isLarger(), go);
  sheet.addEventListener("close", () => {
    sheet.remove();
    forget();
    all()[index]?.focus({ preventScroll: index === all().indexOf(link) });
  });
  update(all());
  document.body.append(sheet);
  sheet.showModal();
};

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("#article a.picture:not(.picture--waiting)");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  open(link);
});
