import type { Agent } from 'node:https';
import webPush, { WebPushError } from 'web-push';
import type { Taken } from './lanes.ts';
import type { PushKeys } from './push-keys.ts';
import type { Subscription } from './subscriptions.ts';

export interface PushSender {
  readonly keys: PushKeys;
  /** mailto: or https: address at which a push service finds the operator. */
  readonly contact: string;
  readonly agent?: Agent | undefined;
}

const DEADLINE_MS = 30_000;
/** Seconds for which a push service keeps it for a device that sleeps: yesterday's outage wakes nobody. */
const LASTS_S = 4 * 3_600;

/** Seals `body` to the browser (RFC 8291) and hands it to its push service; never throws. */
export async function tellPush(sender: PushSender, to: Subscription, body: string): Promise<Taken> {
  const { contact: subject, keys, agent } = sender;
  try {
    await webPush.sendNotification(to, body, {
      vapidDetails: { subject, ...keys },
      TTL: LASTS_S,
      urgency: 'high',
      timeout: DEADLINE_MS,
      ...(agent === undefined ? {} : { agent }),
    });
    return { type: 'taken' };
  } catch (error) {
    // 404 and 410: the person took the permission back, or the browser is gone (RFC 8030 §7.3).
    if (error instanceof WebPushError && [404, 410].includes(error.statusCode)) return { type: 'gone' };
    if (error instanceof WebPushError) return { type: 'failed', why: `it answered ${error.statusCode}` };
    return { type: 'failed', why: error instanceof Error ? error.message : String(error) };
  }
}
