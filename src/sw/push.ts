/** What `lifeboat notify` sends (its pushBody). */
interface PushMessage {
  readonly v: 1;
  readonly title: string;
  readonly text: string;
  readonly lang: string | null;
  /** Where a touch leads, on this origin. */
  readonly path: string;
  /** When it was signed, ISO 8601. */
  readonly at: string;
  /** Id of the signed event: told twice, it is shown once. */
  readonly tag: string;
}

/** Shows the message; a message that cannot be read is said too: the browser allows no silent push. */
export async function showPush(registration: ServiceWorkerRegistration, data: PushMessageData | null): Promise<void> {
  const { title, text, lang, path, at, tag } = readPush(data) ?? UNREADABLE;
  const options = {
    body: text,
    lang: lang ?? '',
    tag,
    timestamp: Date.parse(at) || Date.now(),
    icon: '/icon.svg',
    data: { path },
  };
  await registration.showNotification(title, options);
}

/** Opens what the message is about, in the window that is there, else in a new one. */
export async function openPush(clients: Clients, notification: Notification): Promise<void> {
  notification.close();
  const { path } = (notification.data ?? {}) as { readonly path?: unknown };
  const address = typeof path === 'string' && path.startsWith('/') && !path.startsWith('//') ? path : '/';
  await clients.openWindow(address);
}

const UNREADABLE: PushMessage = { v: 1, title: 'Status', text: '…', lang: null, path: '/', at: '', tag: 'unreadable' };

function readPush(data: PushMessageData | null): PushMessage | undefined {
  try {
    const message = data?.json() as Partial<PushMessage> | undefined;
    const isWhole = message?.v === 1 && typeof message.title === 'string' && typeof message.text === 'string';
    return isWhole ? { ...UNREADABLE, ...message } : undefined;
  } catch {
    return undefined; // No JSON.
  }
}
