
(() => {
  "use strict";
  for (const svg of document.querySelectorAll(".drawn > svg.graph")) {
    const area = svg.parentElement, nodes = [...svg.querySelectorAll(".node")];
    const lines = [...svg.querySelectorAll("[data-a]")];
    const light = (ids, withOthers) => {
      svg.classList.toggle("lit", Boolean(ids));
      for (const each of svg.querySelectorAll(".on")) each.classList.remove("on");
      if (!ids) return;
      const near = new Set(ids);
      for (const line of lines) {
        if (!withOthers || !(ids.has(line.dataset.a) || ids.has(line.dataset.b))) continue;
        line.classList.add("on");
        near.add(line.dataset.a).add(line.dataset.b);
      }
      for (const node of nodes) node.classList.toggle("on", near.has(node.dataset.id));
    };
    const under = (event) => {
      const node = event.target.closest(".node");
      return node ? new Set([node.dataset.id]) : null;
    };
    let kept = null;
    // An SVG that listened to the focus would be one more stop of the Tab key.
    area.addEventListener("pointerover", (event) => light(under(event) || kept, Boolean(under(event))));
    area.addEventListener("pointerleave", () => light(kept, false));
    area.addEventListener("focusin", (event) => light(under(event), true));
    area.addEventListener("focusout", () => light(kept, false));

    const tools = document.createElement("div"), label = document.createElement("label");
    const input = document.createElement("input"), status = document.createElement("span");
    tools.className = "tools";
    tools.setAttribute("role", "group");
    tools.setAttribute("aria-label", "Picture");
    const { width, height } = svg.viewBox.baseVal;
    let size = 1;
    const resize = (to) => {
      const middle = (area.scrollLeft + area.clientWidth / 2) / area.scrollWidth;
      size = Math.min(4, Math.max(0.25, to));
      svg.setAttribute("width", Math.floor(width * size));
      svg.setAttribute("height", Math.floor(height * size));
      area.scrollLeft = middle * area.scrollWidth - area.clientWidth / 2;
    };
    const button = (text, name, act) => {
      const made = document.createElement("button");
      made.type = "button";
      made.textContent = text;
      made.setAttribute("aria-label", name);
      made.addEventListener("click", act);
      return made;
    };
    input.type = "search";
    label.append("Find", input);
    status.setAttribute("role", "status");
    tools.append(
      button("+", "Larger", () => resize(size * 1.25)), button("−", "Smaller", () => resize(size / 1.25)),
      button("Fit", "Fit", () => resize(area.clientWidth / width)), label, status,
    );
    area.before(tools);
    const room = area.clientWidth / width;
    if (room < 1 && room > 0.6) resize(room);
    input.addEventListener("input", () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      const found = nodes.filter((node) => {
        const text = `${node.textContent} ${node.dataset.names || ""}`.toLowerCase();
        return words.every((word) => text.includes(word));
      });
      kept = words.length ? new Set(found.map((node) => node.dataset.id)) : null;
      light(kept, false);
      status.textContent = words.length ? `${found.length} of ${nodes.length} found` : "";
      if (kept && found.length) found[0].scrollIntoView({ block: "nearest", inline: "center" });
    });
    let from = null;
    area.addEventListener("pointerdown", (event) => {
      if (event.pointerType === "mouse" && !event.button && !event.target.closest("a"))
        from = { x: event.clientX + area.scrollLeft, y: event.clientY + window.scrollY };
    });
    window.addEventListener("pointermove", (event) => {
      if (from) area.scrollLeft = from.x - event.clientX;
    });
    window.addEventListener("pointerup", () => { from = null; });
    area.addEventListener("wheel", (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      resize(size * (event.deltaY < 0 ? 1.1 : 1 / 1.1));
    }, { passive: false });
  }
})();
