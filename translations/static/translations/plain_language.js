// Hints for plain German at the end of the editor's first tab, while a page in the source language is written.
// All words come from the server. Without an answer the panel keeps still; it never asks for attention or stops anyone.
(() => {
  const { url, language } = document.currentScript.dataset;
  const PAUSE = 2000; // ms without typing
  const LONGEST_TEXT = 200000; // characters that the server accepts

  const contentLanguage = () => {
    try {
      return JSON.parse(document.getElementById("wagtail-config").textContent).ACTIVE_CONTENT_LOCALE;
    } catch {
      return "";
    }
  };

  // A rich-text editor keeps its paragraphs in the hidden field beside it.
  const textOf = (field) => {
    if (!field.matches("[data-draftail-editor-wrapper]")) return field.value;
    try {
      const state = JSON.parse(field.parentNode.querySelector(':scope > input[type="hidden"]').value);
      return state.blocks.map((block) => block.text).join("\n");
    } catch {
      return ""; // nothing written yet
    }
  };

  const start = () => {
    const form = document.getElementById("page-edit-form");
    const tab = form?.querySelector('[role="tabpanel"]');
    if (!tab || contentLanguage() !== language) return;

    // Removed blocks stay in the form, hidden from everybody.
    const collect = () =>
      [...tab.querySelectorAll('input[name="title"], textarea[name], [data-draftail-editor-wrapper]')]
        .filter((field) => !field.closest('[aria-hidden="true"], template'))
        .map(textOf)
        .join("\n")
        .slice(0, LONGEST_TEXT);

    const element = (name, className, text = "") => {
      const made = document.createElement(name);
      made.className = className;
      made.textContent = text;
      return made;
    };

    const panel = element("details", "plain-language");
    const line = element("summary", "plain-language__summary");
    const summary = element("span", "");
    summary.setAttribute("aria-live", "polite");
    line.append(summary);
    const answer = element("div", "plain-language__answer");
    panel.append(line, answer);
    panel.hidden = true;
    tab.append(panel);

    const item = (hint) => {
      const made = element("li", "plain-language__hint");
      const quote = element("q", "plain-language__excerpt", hint.excerpt);
      quote.lang = language;
      quote.dir = "ltr";
      made.append(quote, " ", element("span", "plain-language__message", hint.message));
      return made;
    };

    const show = (found) => {
      if (summary.textContent !== found.summary) summary.textContent = found.summary;
      const list = element("ul", "plain-language__hints");
      list.append(...found.hints.map(item));
      const parts = [element("p", "", found.readability)];
      if (found.hints.length) parts.push(list);
      if (found.more) parts.push(element("p", "", found.more));
      parts.push(element("p", "plain-language__note", found.note));
      answer.replaceChildren(...parts);
      panel.hidden = false;
    };

    let asked = "";
    let latest = 0;
    const ask = async () => {
      const text = collect();
      if (text === asked) return;
      asked = text;
      const number = (latest += 1);
      if (!text.trim()) {
        panel.hidden = true;
        return;
      }
      try {
        const response = await fetch(url, {
          method: "POST",
          headers: {
            "Content-Type": "application/json",
            "X-CSRFToken": form.querySelector('[name="csrfmiddlewaretoken"]').value,
            "X-Requested-With": "XMLHttpRequest",
          },
          body: JSON.stringify({ text }),
        });
        if (!response.ok) throw new Error(response.statusText);
        const found = await response.json();
        if (number === latest) show(found);
      } catch {
        if (number === latest) asked = ""; // asked again after the next change
      }
    };

    let timer = 0;
    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(ask, PAUSE);
    };
    // Clicks remove and move blocks; the rich-text editor swallows some "input" events, but no key.
    for (const event of ["input", "change", "keyup", "click", "drop"]) form.addEventListener(event, soon);
    soon();
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
