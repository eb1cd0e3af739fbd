// A form that could not be saved opens the tab on which something is wrong, unless the open one has an error as well.
window.addEventListener("load", () => {
  const faulty = [...document.querySelectorAll("[role=tabpanel]")].filter((panel) =>
    panel.querySelector(".error-message, .help-critical"));
  if (!faulty.length || faulty.some((panel) => !panel.hidden)) return;
  document.querySelector(`[role=tab][aria-controls="${faulty[0].id}"], [role=tab][href="#${faulty[0].id}"]`)?.click();
});
