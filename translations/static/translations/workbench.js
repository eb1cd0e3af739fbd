// Keys and buttons of the workbench. Without this script everything can still be typed and saved.
(() => {
  const form = document.querySelector('[data-translate]');
  if (!form) return;
  const inputs = [...form.querySelectorAll('.tr-entry textarea')];
  const isToDo = (input) => !input.value.trim() || !input.closest('.tr-done');
  let changed = false;

  const next = (from) => {
    const start = inputs.indexOf(from) + 1;
    const target = [...inputs.slice(start), ...inputs.slice(0, start)].find((input) => input !== from && isToDo(input));
    if (!target) { form.querySelector('[name=action][value=save]')?.focus(); return; }
    target.focus();
    target.scrollIntoView({ block: 'center' });
  };

  // Isolates are for the eye alone, the server takes them out; a pair of left-to-right marks is kept with the words.
  const isolated = (input, text) => (input.dir === 'rtl' ? `\u2066${text}\u2069` : text);
  const marked = (text) => `\u200e${text.replace(/[\u200e\u2066-\u2069]/g, '')}\u200e`;

  const put = (input, text) => {
    input.setRangeText(text, input.selectionStart, input.selectionEnd, 'end');
    input.dispatchEvent(new Event('input', { bubbles: true }));
    input.focus();
  };

  form.addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey)) return;
    if (event.key === 'Enter' && event.target.matches('.tr-entry textarea')) {
      event.preventDefault();
      event.target.closest('.tr-entry').classList.add('tr-done');
      next(event.target);
    } else if (event.key === 's') {
      event.preventDefault();
      form.requestSubmit(form.querySelector('[name=action][value=save]'));
    }
  });

  form.addEventListener('click', (event) => {
    const button = event.target.closest('[data-code], [data-take], [data-isolate]');
    if (!button) return;
    const input = document.getElementById(button.dataset.for);
    if (input.readOnly) return;
    if (button.dataset.take !== undefined) {
      input.value = '';
      put(input, button.dataset.take);
      return;
    }
    const chosen = input.value.slice(input.selectionStart, input.selectionEnd);
    if (button.dataset.isolate !== undefined) {
      if (chosen.trim()) put(input, marked(chosen)); else input.focus();
      return;
    }
    const code = button.dataset.code;
    put(input, `${isolated(input, `{${code}}`)}${chosen}${isolated(input, `{/${code}}`)}`);
  });

  form.addEventListener('input', () => { changed = true; });
  form.addEventListener('submit', () => { changed = false; });
  window.addEventListener('beforeunload', (event) => { if (changed) event.preventDefault(); });

  inputs.find((input) => !input.closest('.tr-done') && !input.value.trim())?.focus({ preventScroll: true });
})();
