"use strict";
/* Makes the field of the search a combobox with a list below it (WAI-ARIA Authoring Practices 1.2,
   list autocomplete with manual selection). htmx fetches the list; the form works without both. */

for (const field of document.querySelectorAll("[data-suggests]")) {
  combobox(field, document.getElementById(field.dataset.suggests));
}

function combobox(field, list) {
  const said = document.getElementById(`${list.id}-said`);
  let chosen = -1;

  const choose = (place) => {
    const options = [...list.children];
    chosen = place;
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === place)));
    if (place < 0) {
      field.removeAttribute("aria-activedescendant");
    } else {
      field.setAttribute("aria-activedescendant", options[place].id);
      options[place].scrollIntoView({ block: "nearest" });
    }
  };
  const show = (open) => {
    list.hidden = !open;
    field.setAttribute("aria-expanded", String(open));
    choose(-1);
  };
  const announce = (count) => {
    said.textContent = count === 1 ? said.dataset.one : count ? said.dataset.many.replace("{count}", count) : "";
  };
  /* One place before the first option and after the last one is the field itself. */
  const step = (way) => {
    const places = list.children.length + 1;
    choose(((chosen + 1 + way + places) % places) - 1);
  };
  const go = (option) => location.assign(option.dataset.address);

  const keys = {
    ArrowDown: () => list.hidden ? show(true) : step(1),
    ArrowUp: () => list.hidden ? show(true) : step(-1),
    Escape: () => { field.dispatchEvent(new Event("htmx:abort")); show(false); },
    Enter: () => go(list.children[chosen]),
  };
  const applies = (key) => {
    if (key === "Enter") return chosen >= 0;
    if (key === "Escape") return !list.hidden;
    return list.children.length > 0;
  };

  /* A field for searches may not be a combobox (ARIA in HTML). */
  field.type = "text";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.labels[0].textContent);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");

  field.addEventListener("keydown", (event) => {
    if (event.isComposing || !(event.key in keys) || !applies(event.key)) return;
    event.preventDefault();
    keys[event.key]();
  });
  field.addEventListener("blur", () => show(false));
  /* Pressing an option must not take the focus away before it is chosen. */
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) go(option);
  });
  new MutationObserver(() => {
    const count = list.children.length;
    show(count > 0 && document.activeElement === field);
    announce(count);
  }).observe(list, { childList: true });
}
