// The street map beside its list, a numbered pin for each entry; or beside a field in which a point is typed.
// Both stay what they are.
"use strict";

const ground = document.querySelector(".street-map");
const { tiles, longitude, latitude } = ground.dataset;
const map = L.map(ground, { attributionControl: false, zoomControl: false, scrollWheelZoom: false });
L.control.zoom({ zoomInTitle: ground.dataset.in, zoomOutTitle: ground.dataset.out }).addTo(map);

const trouble = document.querySelector(".trouble");
L.tileLayer(tiles, { maxZoom: 19, referrerPolicy: "strict-origin-when-cross-origin" })
  .on("tileerror", () => { trouble.textContent = trouble.dataset.trouble; })
  .addTo(map);

const entries = [...document.querySelectorAll(".pins li")];
const places = entries.map(({ dataset }) => [dataset.latitude, dataset.longitude]);
if (latitude) map.setView([latitude, longitude], 14);
else if (places.length) map.fitBounds(L.latLngBounds(places), { padding: [40, 40], maxZoom: 16 });
else map.setView([51, 10], 6);

const field = document.querySelector("[name=point]");
if (field) {
  const icon = L.divIcon({ className: "pin", iconSize: [36, 36] });
  const pin = L.marker(map.getCenter(), { icon, keyboard: false, interactive: false });
  const put = (place) => {
    field.value = `${place.lat.toFixed(5)}, ${place.lng.toFixed(5)}`;
    pin.setLatLng(place).addTo(map);
  };
  if (field.value) pin.addTo(map);
  map.on("click", ({ latlng }) => put(latlng.wrap()));
  ground.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target === ground) put(map.getCenter().wrap());
  });
}

entries.forEach((entry, number) => {
  const link = entry.querySelector("a");
  const name = link.textContent.trim();
  const icon = L.divIcon({ className: "pin", html: String(number + 1), iconSize: [36, 36] });
  const pin = L.marker(places[number], { icon, title: name }).addTo(map);
  pin.getElement().setAttribute("aria-label", name);
  pin.bindPopup(() => link.cloneNode(true), { closeButton: false });
  pin.on("popupopen", ({ popup }) => popup.getElement().querySelector("a").focus({ preventScroll: true }));
  pin.on("popupclose", () => pin.getElement().focus({ preventScroll: true }));
});

// Leaflet listens for it only while the map itself has the focus, not what stands in it.
ground.addEventListener("keydown", ({ key }) => { if (key === "Escape") map.closePopup(); });
