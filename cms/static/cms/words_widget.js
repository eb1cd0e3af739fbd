// One short text in every language within a block of a stream (cms/words.py, LocalizedTextWidget): its state is an object with
// a text for each code of a language. Wagtail's own adapter expects a single input that bears the name of the block.
(() => {
  class BoundLocalizedTextWidget {
    constructor(element, name) {
      this.inputs = new Map();
      for (const input of element.querySelectorAll("[data-words]")) {
        this.inputs.set(input.dataset.words, input);
      }
      if (!this.inputs.size) throw new Error(`No inputs found for "${name}"`);
      this.first = this.inputs.values().next().value;
      this.idForLabel = this.first.id;
    }

    getValue() {
      return Object.fromEntries([...this.inputs].map(([code, input]) => [code, input.value]));
    }

    getState() {
      return this.getValue();
    }

    setState(texts) {
      for (const [code, input] of this.inputs) input.value = texts?.[code] ?? "";
    }

    setInvalid(isInvalid) {
      for (const input of this.inputs.values()) {
        if (isInvalid) input.setAttribute("aria-invalid", "true");
        else input.removeAttribute("aria-invalid");
      }
    }

    getTextLabel(options) {
      const text = this.first.value.trim();
      const longest = options?.maxLength;
      return longest && text.length > longest ? `${text.substring(0, longest - 1)}…` : text;
    }

    focus() {
      this.first.focus();
    }

    setCapabilityOptions() {}
  }

  class LocalizedTextWidget {
    constructor(html) {
      this.html = html;
    }

    render(placeholder, name, id, texts) {
      const made = document.createElement("div");
      made.innerHTML = this.html.replace(/__NAME__/g, name).replace(/__ID__/g, id).trim();
      const element = made.firstElementChild;
      placeholder.replaceWith(element);
      const bound = new BoundLocalizedTextWidget(element, name);
      bound.setState(texts);
      return bound;
    }

    getByName(name, container) {
      return new BoundLocalizedTextWidget(container, name);
    }
  }

  window.telepath.register("cms.words.LocalizedTextWidget", LocalizedTextWidget);
})();
