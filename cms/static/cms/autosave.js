// Wagtail saves drafts by itself while one writes. A form that is sent meanwhile must not overtake such a save: the
// server would make the page twice, or take the newest version for somebody else's. Here it waits for the answer, and
// no save begins once the form is on its way. Nor must it overtake a text editor, which hands over what was written a
// quarter of a second later: the last words would be lost.
(() => {
  const EDITOR = "[data-draftail-editor-wrapper]";
  const LONGEST = 30000; // milliseconds until it goes without an answer
  const HANDED_OVER = 350; // milliseconds after which the editors' own 250 are over
  const RECENTLY = 3000; // milliseconds in which a busy machine has shown what was written
  let saving = false;
  let written = -RECENTLY; // when somebody last did something in a text
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

  for (const act of ["beforeinput", "keydown", "paste", "drop", "click"]) {
    document.addEventListener(act, (event) => {
      if (event.target.closest?.(EDITOR)) written = performance.now();
    }, true);
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const isWritten = form.querySelector(EDITOR) && performance.now() - written < RECENTLY;
    if (!isWritten && !form.matches("[data-controller~='w-autosave']")) return;
    if (saving || isWritten) {
      event.preventDefault();
      event.stopImmediatePropagation();
      const { name, value } = event.submitter ?? {};
      waiting ??= { form, name, value, timer: setTimeout(ended, saving ? LONGEST : HANDED_OVER) };
      if (!saving) written = -RECENTLY;
      return;
    }
    leaving = true;
    setTimeout(() => { leaving = !event.defaultPrevented; });
  }, true);
  window.addEventListener("pageshow", () => { leaving = false; });
})();
