"""A film among the documents: the browser asks for it in parts, and jumps to its end."""

import base64
from collections.abc import Callable

from playwright.sync_api import Page

from tests.journeys.product import Product

RECORD = """async () => {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 64;
    const context = canvas.getContext("2d");
    const recorder = new MediaRecorder(canvas.captureStream(20), {mimeType: "video/webm"});
    const parts = [];
    recorder.ondataavailable = event => parts.push(event.data);
    const over = new Promise(resolve => recorder.onstop = resolve);
    recorder.start();
    for (let i = 0; i < 30; i++) {
        context.fillStyle = `hsl(${i * 12} 90% 50%)`;
        context.fillRect(0, 0, 64, 64);
        await new Promise(resolve => setTimeout(resolve, 50));
    }
    recorder.stop();
    await over;
    const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
    return btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(""));
}"""
PLAY = """async address => {
    const film = document.createElement("video");
    film.muted = true;
    film.src = address;
    document.body.append(film);
    await film.play();
    await new Promise(resolve => setTimeout(resolve, 300));
    return [film.videoWidth, film.currentTime, film.error && film.error.message];
}"""
ADD = """
import base64
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
content = base64.b64decode("{content}")
print(get_document_model().objects.create(title="Film", file=ContentFile(content, "film.webm")).url)
"""


def test_a_film_plays_in_parts(product: Product, visitor: Callable[..., Page]) -> None:
    page = visitor()
    page.goto("/de/")
    content = page.evaluate(RECORD)
    assert len(base64.b64decode(content)) > 1000
    address = product.manage("shell", "--no-imports", "--command", ADD.format(content=content)).split()[-1]
    answers = []
    page.on("response", lambda response: answers.append(response) if response.url.endswith(address) else None)
    width, time, error = page.evaluate(PLAY, address)
    assert (width, error) == (64, None)
    assert time > 0
    assert answers[0].status == 206
    assert answers[0].headers["content-range"].startswith("bytes 0-")
