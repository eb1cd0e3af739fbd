// Wagtail saves drafts by itself while one writes. A form that is sent meanwhile must not overtake such a save: the
// server would make the page twice, or take the newest version for somebody else's. Here it waits for the answer, and
// no save begins once the form is on its way.
(() => {
  const LONGEST = 30000; // milliseconds until it goes without an answer
  let saving = false;
  let leaving = false;
  let waiting = null;

  function ended() {
    saving = false;
    if (!waiting) return;
    const { form, name, value, timer } = waiting;
    waiting = null;
    clearTimeout(timer);
    if (name) {
      // The button itself may be disabled by now, or another one in its place.
      const pressed = document.createElement("input");
      Object.assign(pressed, { type: "hidden", name, value });
      form.append(pressed);
    }
    form.requestSubmit();
  }

  document.addEventListener("w-autosave:save", (event) => {
    if (leaving || waiting) event.preventDefault();
    else saving = true;
    queueMicrotask(() => {
      if (event.defaultPrevented && !waiting) saving = false;
    });
  });
  for (const name of ["success", "error"]) document.addEventListener(`w-autosave:${name}`, () => setTimeout(ended));

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-controller~='w-autosave']")) return;
    if (saving) {
      event.preventDefault();
      event.stopImmediatePropagation();
      const { name, value } = event.submitter ?? {};
      waiting ??= { form, name, value, timer: setTimeout(ended, LONGEST) };
      return;
    }
    leaving = true;
    setTimeout(() => { leaving = !event.defaultPrevented; });
  }, true);
  window.addEventListener("pageshow", () => { leaving = false; });
})();
