"use strict";
(() => {
  const tip = document.getElementById("tip");
  const texts = new WeakMap();
  const titleOf = (node) => {
    if (node.title) { texts.set(node, node.title); node.removeAttribute("title"); }
    return texts.get(node);
  };
  const show = (target) => {
    const found = [];
    for (let node = target.closest(".e"); node; node = node.parentElement.closest(".e")) {
      const name = [...node.classList].find((item) => item.startsWith("t-")).slice(2);
      const box = document.getElementById("f-" + name);
      const text = titleOf(node);
      if (text && (!box || box.checked)) found.push(text);
    }
    if (!found.length) { hide(); return; }
    tip.replaceChildren(...found.map((text) => {
      const part = document.createElement("div");
      const [head, ...rest] = text.split("\n");
      const strong = document.createElement("strong");
      strong.textContent = head;
      part.append(strong, document.createElement("br"), rest.join(" · "));
      return part;
    }));
    tip.hidden = false;
    const place = target.getBoundingClientRect();
    const room = tip.getBoundingClientRect();
    const below = place.bottom + 6 + room.height < innerHeight;
    tip.style.left = Math.max(8, Math.min(place.left, innerWidth - room.width - 12)) + "px";
    tip.style.top = (below ? place.bottom + 6 : Math.max(8, place.top - room.height - 6)) + "px";
  };
  const hide = () => { tip.hidden = true; };
  document.addEventListener("mouseover", (event) => {
    if (!event.movementX && !event.movementY) return;  // the page moved under a pointer that stands still
    const entity = event.target.closest(".e");
    if (entity) show(entity); else if (!event.target.closest("#tip")) hide();
  });
  document.addEventListener("focusin", (event) => { const entity = event.target.closest(".e"); if (entity) show(entity); else hide(); });
  addEventListener("scroll", () => {
    const focused = document.activeElement && document.activeElement.closest(".text .e");
    if (focused && !tip.hidden) show(focused); else hide();
  }, { passive: true });

  // Keyboard: in a focused text, n and p walk from entity to entity; Escape closes the tooltip.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
    const region = event.target.closest(".text");
    if (!region || (event.key !== "n" && event.key !== "p") || event.ctrlKey || event.metaKey || event.altKey) return;
    const entities = [...region.querySelectorAll(".e.s")].filter((node) => !node.parentElement.closest(".e.s"));
    const here = entities.indexOf(event.target.closest(".e.s") || event.target);
    const next = entities[here + (event.key === "n" ? 1 : -1)];
    if (!next) return;
    if (!next.href) next.tabIndex = -1;
    next.focus();
    next.scrollIntoView({ block: "center" });
    show(next);
  });
  // The bar of types is as high as it needs to be; what sticks below it and what anchors scroll to follow.
  const bar = document.querySelector(".filter");
  if (bar) {
    const measure = () => {
      const height = getComputedStyle(bar).position === "sticky" ? bar.offsetHeight : 0;
      document.documentElement.style.setProperty("--bar", height + "px");
    };
    new ResizeObserver(measure).observe(bar);
    measure();
  }
  // Evidence that entities cut into pieces is marked as a whole.
  const mark = () => {
    for (const node of document.querySelectorAll(".hit")) node.classList.remove("hit");
    const id = decodeURIComponent(location.hash.slice(1));
    if (id) for (const node of document.querySelectorAll(`[data-v="${CSS.escape(id)}"]`)) node.classList.add("hit");
  };
  addEventListener("hashchange", mark);
  mark();
  for (const button of document.querySelectorAll("button[data-set]")) {
    button.addEventListener("click", () => {
      for (const box of document.querySelectorAll(`input[data-layer="${button.dataset.layer}"]`)) box.checked = button.dataset.set === "all";
    });
  }
})();
