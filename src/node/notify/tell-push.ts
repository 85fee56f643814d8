import type { Agent } from 'node:https';
import webPush, { WebPushError } from 'web-push';
import type { Taken } from './lanes.ts';
import type { PushKeys } from './push-keys.ts';
import type { Subscription } from './subscriptions.ts';

export interface PushSender {
  readonly keys: PushKeys;
  /** mailto: or https: address at which a push service finds the operator. */
  readonly contact: string;
  /** Holds the connections to push services. */
  readonly agent: Agent;
}

const DEADLINE_MS = 30_000;
/** Seconds for which a push service keeps it for a device that sleeps: yesterday's outage wakes nobody. */
const LASTS_S = 4 * 3_600;

/** Seals `body` to the browser (RFC 8291) and hands it to its push service, unless `stop` breaks it off; never throws. */
export async function tellPush(sender: PushSender, to: Subscription, body: string, stop: AbortSignal): Promise<Taken> {
  const { contact: subject, keys, agent } = sender;
  // The library takes no signal; a request whose connection goes has failed.
  const breakOff = () => agent.destroy();
  stop.addEventListener('abort', breakOff);
  try {
    await webPush.sendNotification(to, body, {
      vapidDetails: { subject, ...keys },
      TTL: LASTS_S,
      urgency: 'high',
      timeout: DEADLINE_MS,
      agent,
    });
    return { type: 'taken' };
  } catch (error) {
    // 404 and 410: the person took the permission back, or the browser is gone (RFC 8030 §7.3).
    if (error instanceof WebPushError && [404, 410].includes(error.statusCode)) return { type: 'gone' };
    if (error instanceof WebPushError) return { type: 'failed', why: `it answered ${error.statusCode}` };
    return { type: 'failed', why: error instanceof Error ? error.message : String(error) };
  } finally {
    stop.removeEventListener('abort', breakOff);
  }
}
