// A picture larger within its frame, and moved there: by two fingers, two taps, the wheel with Ctrl, and keys.

const MOST = 6;
const TAPPED = 2.5;
const clamp = (value, most) => Math.min(most, Math.max(-most, value));

// Places are counted from the middle of the frame.
export const makeZoom = (frame, picture) => {
  let [scale, x, y] = [1, 0, 0];

  const put = () => {
    const { clientWidth: width, clientHeight: height } = frame;
    const [own, high] = [picture.naturalWidth || width, picture.naturalHeight || height];
    const shown = Math.min(width / own, height / high) * scale;
    x = clamp(x, Math.max(0, (own * shown - width) / 2));
    y = clamp(y, Math.max(0, (high * shown - height) / 2));
    picture.style.transform = scale === 1 ? "" : `translate(${x}px, ${y}px) scale(${scale})`;
    frame.classList.toggle("is-larger", scale > 1);
  };
  const move = (right, down) => {
    [x, y] = [x + right, y + down];
    put();
  };
  // What is at the place stays there.
  const zoom = (factor, at = { x: 0, y: 0 }) => {
    const before = scale;
    scale = Math.min(MOST, Math.max(1, scale * factor));
    const by = scale / before;
    move((at.x - x) * (1 - by), (at.y - y) * (1 - by));
  };

  const place = ({ clientX, clientY }) => {
    const { left, top, width, height } = frame.getBoundingClientRect();
    return { x: clientX - left - width / 2, y: clientY - top - height / 2 };
  };
  const fingers = new Map();
  const measure = () => {
    const [one, other = one] = fingers.values();
    return { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2, apart: Math.hypot(one.x - other.x, one.y - other.y) };
  };
  let [tap, tapped] = [null, null];
  const isNear = (one, other) => Math.hypot(one.x - other.x, one.y - other.y) < 24;

  // A second finger may begin beside the frame.
  const onDown = (event) => {
    if (event.button || fingers.size === 2 || (!fingers.size && !frame.contains(event.target))) return;
    frame.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, place(event));
    tap = fingers.size === 1 ? { ...place(event), at: event.timeStamp } : null;
    frame.classList.add("is-held");
  };
  const onMove = (event) => {
    if (!fingers.has(event.pointerId)) return;
    const before = measure();
    fingers.set(event.pointerId, place(event));
    const now = measure();
    if (before.apart && now.apart) zoom(now.apart / before.apart, before);
    if (scale > 1) move(now.x - before.x, now.y - before.y);
  };
  const onUp = (event) => {
    if (!fingers.delete(event.pointerId)) return;
    frame.classList.toggle("is-held", fingers.size > 0);
    if (!fingers.size && scale < 1.05) zoom(0);
    const isTap = event.type === "pointerup" && tap && event.timeStamp - tap.at < 300 && isNear(tap, place(event));
    const isSecond = isTap && tapped && tap.at - tapped.at < 350 && isNear(tap, tapped);
    if (isSecond) zoom(scale > 1 ? 0 : TAPPED, tap);
    tapped = isTap && !isSecond ? tap : null;
  };
  const onWheel = (event) => {
    if (!event.ctrlKey && scale === 1) return;
    event.preventDefault();
    if (event.ctrlKey) zoom(Math.exp(-clamp(event.deltaY, 24) / 60), place(event));
    else move(-event.deltaX, -event.deltaY);
  };
  frame.parentElement.addEventListener("pointerdown", onDown);
  const listeners = { pointermove: onMove, pointerup: onUp, pointercancel: onUp, wheel: onWheel };
  for (const [kind, listener] of Object.entries(listeners)) frame.addEventListener(kind, listener, { passive: false });
  new ResizeObserver(put).observe(frame);

  const keys = {
    "+": () => zoom(1.5),
    "=": () => zoom(1.5),
    "-": () => zoom(1 / 1.5),
    0: () => zoom(0),
  };
  const ways = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
  const isLarger = () => scale > 1;
  // Whether the key was of use here: the arrows move what is larger.
  const press = (key) => {
    const [right, down] = ways[key] ?? [];
    if (keys[key]) keys[key]();
    else if (ways[key] && isLarger()) move((right * frame.clientWidth) / 6, (down * frame.clientHeight) / 6);
    else return false;
    return true;
  };
  return { isLarger, press };
};
