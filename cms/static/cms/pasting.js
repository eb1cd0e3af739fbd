// What is pasted into a text of the editor is read by the server (cms/pasting): deleted words and comments go, headings
// and tables become blocks of their own. Its sentences about what was not taken stay beside the text until closed.
// And no field cuts what is pasted: it takes all of it and says how long it may be.
(function () {
  "use strict";
  const settings = document.currentScript.dataset;
  const OURS = "application/x-read-by-server";
  const NEEDED = ["heading", "paragraph", "facts"];

  document.addEventListener("paste", function (event) {
    const editor = event.target.closest ? event.target.closest(".public-DraftEditor-content") : null;
    const data = event.clipboardData;
    if (!editor || !data || data.types.includes(OURS)) return;
    const html = data.getData("text/html");
    // What is moved within the editor keeps its links to pages and its comments.
    if (!html || html.includes("data-draftjs-conductor-fragment") || html.includes("data-offset-key")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    read(html).then(
      (pasted) => insert(editor, event.target, pasted),
      () => say(editor, settings.failed, [])
    );
  }, true);

  // The field of a form that takes a whole text: what the clipboard held goes along, until somebody types.
  document.addEventListener("paste", function (event) {
    const html = event.target.dataset && document.getElementById(event.target.dataset.pastedInto);
    const held = html && event.clipboardData && event.clipboardData.getData("text/html");
    if (!held || event.target.selectionEnd - event.target.selectionStart < event.target.value.length) return;
    event.preventDefault();
    event.target.value = event.clipboardData.getData("text/plain") || new DOMParser().parseFromString(held, "text/html").body.innerText;
    html.value = withoutPictures(held);
  });
  document.addEventListener("input", function (event) {
    const html = event.target.dataset && document.getElementById(event.target.dataset.pastedInto);
    if (html) html.value = "";
  });

  function withoutPictures(html) {
    return html.replace(/data:[\w.+\/-]+;base64,[^"'\s>)]+/g, "data:");
  }

  function read(html) {
    const body = new FormData();
    body.append("html", withoutPictures(html));
    const headers = { "X-CSRFToken": window.wagtailConfig.CSRF_TOKEN };
    return fetch(settings.url, { method: "POST", body, headers, credentials: "same-origin" }).then((answer) => {
      if (!answer.ok) throw new Error(answer.status);
      return answer.json();
    });
  }

  function insert(editor, target, pasted) {
    const place = pasted.blocks.length ? paragraphOf(editor) : null;
    if (place) {
      const isEmpty = !editor.textContent.trim();
      const at = place.stream.children.indexOf(place.child) + 1;
      pasted.blocks.forEach((block, index) => place.stream.insert(block, at + index, { focus: false }));
      if (isEmpty) place.child.delete();
    } else if (pasted.html) {
      const data = new DataTransfer();
      data.setData("text/html", pasted.html);
      data.setData("text/plain", new DOMParser().parseFromString(pasted.html, "text/html").body.textContent);
      data.setData(OURS, "1");
      target.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
    }
    if (pasted.findings.length) say(editor, pasted.heading, pasted.findings);
  }

  // The paragraph of a stream in which somebody writes, if the stream has the blocks that are needed.
  function paragraphOf(editor) {
    for (const root of document.querySelectorAll("[id$='-root']")) {
      const stream = root.rootBlock;
      if (!stream || !root.contains(editor) || !stream.blockDef.childBlockDefsByName) continue;
      if (!NEEDED.every((name) => name in stream.blockDef.childBlockDefsByName)) continue;
      const child = stream.children.find((each) => each.type === "paragraph" && each.element.contains(editor));
      if (child) return { stream, child };
    }
    return null;
  }

  // In front of the whole field, where no block that is moved or deleted takes it along.
  function say(editor, heading, findings) {
    const field = [...document.querySelectorAll("[data-field-wrapper], .w-panel__content")].find((each) => each.contains(editor));
    box(field || editor.parentElement, "pasted", heading, findings);
  }

  function box(field, kind, heading, findings) {
    field.querySelector(`:scope > .help-block[data-kind=${kind}]`)?.remove();
    const made = document.createElement("div");
    made.className = "help-block help-warning";
    made.dataset.kind = kind;
    made.setAttribute("role", "status");
    const title = made.appendChild(document.createElement("p"));
    title.textContent = heading;
    if (findings.length) {
      const list = made.appendChild(document.createElement("ul"));
      findings.forEach((finding) => (list.appendChild(document.createElement("li")).textContent = finding));
    }
    const close = made.appendChild(document.createElement("button"));
    close.type = "button";
    close.className = "button button-small button-secondary";
    close.textContent = settings.close;
    close.addEventListener("click", () => made.remove());
    field.prepend(made);
    made.scrollIntoView({ block: "nearest" });
    return made;
  }

  // A browser cuts what is pasted or dropped into a field of limited length, and says nothing.
  for (const occasion of ["focusin", "paste", "drop"]) document.addEventListener(occasion, takeAll, true);

  function takeAll(event) {
    const field = event.target;
    if (!(field.maxLength > 0) || !/^(text|textarea|search|email|url)$/.test(field.type)) return;
    field.dataset.longest = field.maxLength;
    field.removeAttribute("maxlength");
  }

  document.addEventListener("input", function (event) {
    const field = event.target, longest = Number(field.dataset && field.dataset.longest);
    if (!longest) return;
    const length = [...field.value].length, parent = field.parentElement;
    parent.querySelector(":scope > [data-kind=length]")?.remove();
    if (length <= longest) return;
    const made = document.createElement("div");
    made.className = "help-block help-warning";
    made.dataset.kind = "length";
    made.setAttribute("role", "status");
    made.textContent = settings.long.replace("%(length)s", length).replace("%(longest)s", longest);
    parent.append(made);
  }, true);
})();
