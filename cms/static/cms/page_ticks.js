// A chooser of several pages forgets what is ticked as soon as one searches or turns the page. Here the ticks stay, and
// their titles are said below the list, until the chooser is opened anew.
(() => {
  const ticked = new Map();
  const BOX = "[data-multiple-choice-select]";
  const FORM = "form[data-multiple-choice-form]";

  function show() {
    const form = document.querySelector(FORM);
    if (!form) return;
    for (const box of form.querySelectorAll(BOX)) box.checked = ticked.has(box.value);
    form.querySelector("[data-ticked]")?.remove();
    const said = document.createElement("p");
    said.dataset.ticked = "";
    said.setAttribute("role", "status");
    said.textContent = [...ticked.values()].join(" · ");
    for (const number of ticked.keys()) {
      if (form.querySelector(`${BOX}[value="${number}"]`)) continue;
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name: "id", value: number });
      said.append(field);
    }
    const submit = form.querySelector("[data-multiple-choice-submit]");
    submit.before(said);
    submit.disabled = !ticked.size;
  }

  document.addEventListener("change", (event) => {
    const box = event.target;
    if (!box.matches?.(BOX) || !box.closest(FORM)) return;
    if (box.checked) ticked.set(box.value, (box.closest("tr")?.querySelector("label")?.textContent ?? box.title).trim());
    else ticked.delete(box.value);
    show();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[id$='-OPEN_MODAL']")) ticked.clear();
  }, true);
  jQuery(document).on("ajaxComplete", () => setTimeout(show));
})();
