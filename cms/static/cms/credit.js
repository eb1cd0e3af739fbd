// Who made a picture and who owns it often stands in the file: offered as the credit, for the person to confirm.
document.addEventListener("change", function (event) {
  const input = event.target;
  const file = input.files && input.files[0];
  if (!file || !input.dataset.offersCredit || !input.form) return;
  const credit = input.form.querySelector("[name=credit], [name$=-credit]");
  if (!credit || (credit.value && credit.value !== credit.dataset.offered)) return;
  const body = new FormData();
  body.append("beginning", file.slice(0, 1024 * 1024), "beginning");
  const headers = { "X-CSRFToken": window.wagtailConfig.CSRF_TOKEN };
  fetch(input.dataset.offersCredit, { method: "POST", body, headers, credentials: "same-origin" })
    .then((answer) => (answer.ok ? answer.json() : { credit: "" }))
    .then(function (found) {
      if (credit.value && credit.value !== credit.dataset.offered) return;
      credit.value = credit.dataset.offered = found.credit;
      credit.parentElement.querySelector("[data-kind=offered]")?.remove();
      if (!found.credit) return;
      const note = credit.parentElement.appendChild(document.createElement("p"));
      note.className = "help";
      note.dataset.kind = "offered";
      note.setAttribute("role", "status");
      note.textContent = found.note;
    })
    .catch(() => {});
});
