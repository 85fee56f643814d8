import type { SignedEvent } from '../model/event.ts';
import type { Verified } from './event.ts';
import type { Held } from './held.ts';

/** Checks one value from any carrier: here and now, or elsewhere (a pool of workers). */
export type Verify = (value: unknown, org: string) => Verified | Promise<Verified>;

/** Signature checks between two pauses: about 10 ms in a browser. */
const SLICE = 16;

export interface CheckOptions {
  readonly org: string;
  readonly held: Held;
  readonly verify: Verify;
  /** Lets others run between two slices of signature checks. */
  readonly pause: () => Promise<void>;
}

/** Verdicts on `values`, in their order. What is held was verified before; a copy that says the same is not checked again. */
export async function checkAll(values: readonly unknown[], options: CheckOptions): Promise<readonly Verified[]> {
  const { org, held, verify, pause } = options;
  const verdicts: Promise<Verified>[] = [];
  let checkedHere = 0;
  for (const value of values) {
    if (checkedHere === SLICE) {
      checkedHere = 0;
      await pause();
    }
    const known = held.get(idOf(value));
    const isKnown = known !== undefined && saysTheSame(value, known);
    const verdict = isKnown ? ({ type: 'ok', event: known } as const) : verify(value, org);
    if (!(verdict instanceof Promise)) checkedHere += 1;
    verdicts.push(Promise.resolve(verdict));
  }
  return Promise.all(verdicts);
}

function idOf(value: unknown): string {
  return typeof value === 'object' && value !== null && 'id' in value ? String(value.id) : '';
}

function saysTheSame(value: unknown, known: SignedEvent): boolean {
  const event = value as SignedEvent;
  return event.sig === known.sig && formOf(event) === formOf(known);
}

/** What the id is the hash of: two events with the same form have the same id, and comparing is cheaper than hashing. */
function formOf({ pubkey, created_at, kind, tags, content }: SignedEvent): string {
  return JSON.stringify([pubkey, created_at, kind, tags, content]);
}
