
"use strict";
(() => {
  const groupsAround = (node) => {
    const group = node.closest("section, details");
    return group ? [group, ...groupsAround(group.parentElement)] : [];
  };
  const items = [...document.querySelectorAll(
    "main tbody tr:not(.group), main li:not(nav li, li li, .key li, .answer li)")]
    .map((item) => ({ item, text: item.textContent.toLowerCase(), groups: groupsAround(item) }));
  const groups = new Set(items.flatMap((each) => each.groups));
  const box = document.createElement("div"), label = document.createElement("label");
  const input = document.createElement("input"), status = document.createElement("span");
  box.className = "filter";
  box.setAttribute("role", "search");
  input.type = "search";
  label.append("Filter", input);
  status.setAttribute("role", "status");
  box.append(label, status);
  document.getElementById("filter").replaceWith(box);
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = items.filter(({ text }) => words.every((word) => text.includes(word)));
    const shown = new Set(found.flatMap((each) => [each.item, ...each.groups]));
    for (const { item } of items) item.hidden = !shown.has(item);
    for (const row of document.querySelectorAll("main tr.group"))
      row.hidden = ![...row.parentElement.children].some((each) => each !== row && !each.hidden);
    for (const group of groups) {
      group.hidden = !shown.has(group);
      if (words.length && !group.hidden && group.tagName === "DETAILS") group.open = true;
    }
    status.textContent = words.length ? `${found.length} of ${items.length} shown` : "";
  });
})();
