import type { PushState } from '../model/view.ts';
import type { PushFacts } from './page-facts.ts';

const DEADLINE_MS = 8_000;

/** Whether this browser is subscribed already; asks nobody and shows no question. */
export async function pushState(): Promise<PushState> {
  if (!('PushManager' in window) || !('serviceWorker' in navigator)) return 'unsupported';
  if (Notification.permission === 'denied') return 'denied';
  try {
    return (await currentSubscription()) === null ? 'off' : 'on';
  } catch {
    return 'failed'; // The browser's own store of subscriptions cannot be read.
  }
}

/** Subscribes this browser and tells the operator's desk; the browser asks the person first. */
export async function switchOn({ address, key }: PushFacts): Promise<PushState> {
  if ((await Notification.requestPermission()) !== 'granted') return 'denied';
  try {
    const registration = await navigator.serviceWorker.ready;
    const options = { userVisibleOnly: true, applicationServerKey: key };
    const subscription = await registration.pushManager.subscribe(options);
    if (await tell(address, 'PUT', subscription)) return 'on';
    // Half a subscription would be a promise that nobody keeps.
    await subscription.unsubscribe();
    return 'failed';
  } catch (error) {
    console.warn('This browser could not subscribe to notifications.', error);
    return 'failed';
  }
}

/** The browser forgets first: whatever the desk does then, nothing is shown any more. */
export async function switchOff({ address }: PushFacts): Promise<PushState> {
  try {
    const subscription = await currentSubscription();
    await subscription?.unsubscribe();
    if (subscription !== null) await tell(address, 'DELETE', subscription);
    return 'off';
  } catch (error) {
    console.warn('This browser could not end its subscription.', error);
    return 'failed';
  }
}

async function currentSubscription(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker.getRegistration();
  return (await registration?.pushManager.getSubscription()) ?? null;
}

async function tell(address: string, method: 'PUT' | 'DELETE', subscription: PushSubscription): Promise<boolean> {
  try {
    const headers = { 'Content-Type': 'application/json' };
    const signal = AbortSignal.timeout(DEADLINE_MS);
    const body = JSON.stringify(subscription);
    return (await fetch(`${address}/subscription`, { method, headers, body, credentials: 'omit', signal })).ok;
  } catch {
    return false; // Not reachable: the caller says so.
  }
}
