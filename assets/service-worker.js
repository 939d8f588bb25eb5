// Shows what the server rings this browser for, and leads to it. Nothing is cached and no request is looked at.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

const told = (event) => {
  try {
    return event.data.json();
  } catch {
    return {};
  }
};

// A path of our own only: what opens is never somebody else's page.
const ours = (path) => (typeof path === "string" && /^\/(?![/\\])/.test(path) ? path : "/");

self.addEventListener("push", (event) => {
  const { id, title, body, path, locale } = told(event);
  event.waitUntil(
    self.registration.showNotification(String(title || "Pygmalion"), {
      body: String(body || ""),
      lang: locale,
      tag: id,
      icon: "/brand/icon-192.png",
      badge: "/brand/badge-96.png",
      data: { path: ours(path) },
    })
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const address = new URL(ours(event.notification.data && event.notification.data.path), self.location.origin).href;
  event.waitUntil(
    self.clients.matchAll({ type: "window", includeUncontrolled: true }).then((open) => {
      const there = open.find((page) => page.url.split("#")[0] === address);
      return there ? there.focus() : self.clients.openWindow(address);
    })
  );
});

// The browser replaced its subscription: the server learns of the new one, as whoever is signed in here.
const renewed = async (event) => {
  const answer = await fetch("/api/v1/notifications/push");
  if (!answer.ok) return;
  const applicationServerKey = (await answer.json()).data.publicKey;
  if (!applicationServerKey) return;
  const subscription =
    event.newSubscription || (await self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey }));
  await fetch("/auth/push", {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Pygmalion-Page": "1" },
    body: JSON.stringify(subscription),
  });
};

self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(renewed(event)));
