import { type Log, openLog } from '../../src/log/log.ts';
import type { LogStore } from '../../src/log/store/store.ts';
import { fastVerify } from '../../src/node/fast-verify.ts';
import { nodePlatform } from '../../src/node/platform.ts';
import type { Platform } from '../../src/platform.ts';
import { type Device, ROOT } from './organisation.ts';

type Verify = Awaited<ReturnType<typeof fastVerify>>;

const verifyFast = await fastVerify();

/**
 * Checks each signature once, for many devices in one process: each would do it on its own machine, and what is measured
 * is the relay.
 */
export function verifyOnce(): Verify {
  const known = new Map<string, ReturnType<Verify>>();
  return (value, org) => {
    const text = JSON.stringify(value);
    const verified = known.get(text) ?? verifyFast(value, org);
    known.set(text, verified);
    return verified;
  };
}

export interface DeviceOptions {
  readonly relays: readonly string[];
  readonly store: LogStore;
  readonly device?: Device;
  readonly platform?: Platform;
  readonly verify?: Verify;
}

/** The real log of one device, as the command line opens it. */
export async function openDevice(options: DeviceOptions): Promise<Log> {
  const { relays, store, device, platform = nodePlatform, verify = verifyFast } = options;
  const log = await openLog({ root: ROOT, relays, store, platform, verify });
  if (device !== undefined) log.unlock(device.secret);
  return log;
}

/** Whether this device knows of each of these relays that it holds all its `count` events. */
export function isOnAll(log: Log, relays: readonly string[], count: number): boolean {
  // Cheap first: counting receipts all the time would slow down what is measured.
  if (!log.links().every(({ relay, synced }) => synced || !relays.includes(relay))) return false;
  const events = log.events();
  return events.length === count && events.every(({ id }) => relays.every((relay) => log.receipts(id).includes(relay)));
}
