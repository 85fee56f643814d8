import { bytesToHex } from '@noble/hashes/utils.js';
import { eventId, publicKeyOf, signEvent } from '../../src/log/event.ts';
import { signRootRoster } from '../../src/log/people/roster-writer.ts';
import { canonical } from '../../src/model/canonical.ts';
import { chainName, KIND, organisation, type SignedEvent } from '../../src/model/event.ts';

/** One key of the measured organisation. */
export interface Device {
  readonly secret: Uint8Array;
  readonly pk: string;
}

const ROOT_SECRET = new Uint8Array(32).fill(201);
export const ROOT = publicKeyOf(ROOT_SECRET);
const ORG = organisation(ROOT);
const STATUS = chainName.status(ORG);
/** Unix seconds of the first event. */
const START = 1_795_000_000;
const TEXT = 'The harbour pilots see stale tide tables; we are moving them to the second source. '
  .repeat(3)
  .slice(0, 200);

/** Four devices: limits are per device, so that one connection each measures the relay and not its token bucket. */
export const DEVICES = [deviceOf(1), deviceOf(2), deviceOf(3), deviceOf(4)] as const;

function deviceOf(n: number): Device {
  const secret = new Uint8Array(32).fill(n);
  return { secret, pk: publicKeyOf(secret) };
}

export const ROSTER = signRootRoster(
  ROOT_SECRET,
  {
    grants: DEVICES.map(({ pk }, n) => ({
      pk,
      member: bytesToHex(new Uint8Array(16).fill(n + 1)),
      roles: n === 0 ? ['admin', 'commander'] : ['commander'],
    })),
  },
  START * 1000,
);

type Sign = (event: Omit<SignedEvent, 'sig'>, secret: Uint8Array) => string;

/** libsecp256k1 where it is installed: noble would sign for a minute before each measurement. */
async function fastSign(): Promise<Sign> {
  try {
    const { initNostrWasm } = await import('nostr-wasm');
    const wasm = await initNostrWasm();
    return (event, secret) => {
      const copy = { ...event, sig: '', tags: event.tags.map((tag) => [...tag]) };
      wasm.finalizeEvent(copy, secret, new Uint8Array(32));
      return copy.sig;
    };
  } catch {
    // An optional dependency.
    return (event, secret) => signEvent(event, secret).sig;
  }
}

const UNSIGNED: Sign = () => '0'.repeat(128);
const sign = await fastSign();

export interface Chain {
  readonly device: Device;
  readonly count: number;
  /** Of the first event, in seconds. */
  readonly from?: number;
  /** Which of them carry a real signature: nobody looks at those of events that lie on the own disk. All, if not given. */
  readonly signed?: (s: number) => boolean;
}

/** The first `count` public updates of a device's chain, about 300 bytes of content each, one a second. */
export function chainOf({ device, count, from = START, signed = () => true }: Chain): readonly SignedEvent[] {
  const events: SignedEvent[] = [];
  for (let s = 1; s <= count; s++) {
    const previous = events.at(-1);
    const tags = [
      ['o', ORG],
      ['d', STATUS],
      ['s', String(s)],
      ...(previous === undefined ? [] : [['e', previous.id, '', 'prev']]),
    ];
    const created_at = from + s;
    const content = canonical({
      v: 1,
      type: 'incident.update',
      hlc: [created_at * 1000, 0],
      parents: [],
      at: new Date(created_at * 1000).toISOString(),
      body: { text: `${s} ${TEXT}` },
    });
    const unidentified = { pubkey: device.pk, created_at, kind: KIND.public, tags, content };
    const event = { id: eventId(unidentified), ...unidentified };
    events.push({ ...event, sig: (signed(s) ? sign : UNSIGNED)(event, device.secret) });
  }
  return events;
}
