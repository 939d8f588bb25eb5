// This browser's own notifications: how it stands, turning them on and off. Loaded on the notifications page only.
const WORKER = "/service-worker.js";
let publicKey = "";

const onHomeScreen = () => matchMedia("(display-mode: standalone)").matches || navigator.standalone === true;
// iPads call themselves Macs; only theirs have fingers.
const isApple = () =>
  /iPhone|iPad|iPod/.test(navigator.userAgent) || (navigator.platform === "MacIntel" && navigator.maxTouchPoints > 1);

const subscribed = async () => {
  const registration = await navigator.serviceWorker.getRegistration("/");
  return registration ? registration.pushManager.getSubscription() : null;
};

const answer = (state, subscription) => JSON.stringify({ state, subscription: subscription ? subscription.toJSON() : null });

// One of: unsupported, install (an iPhone's browser, where only applications of the home screen ring), denied, off, on.
export const look = async (key) => {
  publicKey = key;
  if (!("serviceWorker" in navigator) || !("PushManager" in window) || !("Notification" in window)) {
    return answer(isApple() && !onHomeScreen() && window.isSecureContext ? "install" : "unsupported");
  }
  if (Notification.permission === "denied") return answer("denied");
  try {
    const subscription = Notification.permission === "granted" ? await subscribed() : null;
    return answer(subscription ? "on" : "off", subscription);
  } catch {
    return answer("off");
  }
};

// Called by the click itself: browsers ask for the permission only then.
export const turnOn = async () => {
  const permission = await Notification.requestPermission();
  if (permission !== "granted") return answer(permission === "denied" ? "denied" : "off");
  try {
    await navigator.serviceWorker.register(WORKER, { scope: "/" });
    const { pushManager } = await navigator.serviceWorker.ready;
    // Made for an earlier key of this installation, it could not be rung.
    const before = await pushManager.getSubscription();
    if (before) await before.unsubscribe();
    return answer("on", await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey }));
  } catch {
    return answer("failed");
  }
};

export const turnOff = async () => {
  try {
    const subscription = await subscribed();
    if (subscription) await subscription.unsubscribe();
    return answer("off", subscription);
  } catch {
    return answer("off");
  }
};
