// Pictures: large at a click. Without a script, links lead to the picture.

const all = () => [...document.querySelectorAll("#article a.picture:not(.picture--waiting)")];

const fill = (sheet, link) => {
  const picture = new Image();
  picture.src = link.href;
  picture.alt = "";
  const frame = document.createElement("figure");
  frame.append(picture);
  const caption = link.closest("figure:not(:has(> .bare))")?.querySelector("figcaption")?.cloneNode(true);
  if (caption) frame.append(caption);
  sheet.querySelector("figure")?.remove();
  sheet.append(frame);
  sheet.scrollTop = 0;
};

// A finger to the side leads on, unless it moves over a picture that was made larger.
const watchFingers = (sheet, go) => {
  let from = null;
  const isLarger = () => visualViewport.scale > 1.05;
  const onZoom = () => sheet.classList.toggle("is-larger", isLarger());
  visualViewport.addEventListener("resize", onZoom);
  sheet.addEventListener("touchstart", ({ touches }) => (from = touches.length === 1 && !isLarger() ? touches[0] : null), { passive: true });
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
  const go = (step) => {
    const pictures = all();
    if (!pictures[index + step]) return;
    index += step;
    fill(sheet, pictures[index]);
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
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step) go(step);
  });
  const forget = watchFingers(sheet, go);
  sheet.addEventListener("close", () => {
    sheet.remove();
    forget();
    all()[index]?.focus({ preventScroll: index === all().indexOf(link) });
  });
  fill(sheet, link);
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
