import { parentPort } from 'node:worker_threads';
import { type SignatureCheck, verifyEvent } from '../../log/event.ts';
import type { SignedEvent } from '../../model/event.ts';

/** One event as JSON, and the organisation that it must belong to. */
export interface Question {
  readonly json: string;
  readonly org: string | undefined;
}

/** In the order of the questions: null for a valid event, else why it is none. */
export type Answers = readonly (string | null)[];

/** libsecp256k1 as WASM, about five times as fast as noble here; an optional dependency, so noble does when it is absent. */
async function fastCheck(): Promise<SignatureCheck | undefined> {
  try {
    const { initNostrWasm } = await import('nostr-wasm');
    const wasm = await initNostrWasm();
    return (event) => {
      try {
        wasm.verifyEvent({ ...event, tags: event.tags.map((tag) => [...tag]) });
        return true;
      } catch {
        // It throws for every event whose signature does not verify.
        return false;
      }
    };
  } catch {
    // Not installed, or the machine has no WebAssembly.
    return undefined;
  }
}

const check = await fastCheck();
parentPort?.on('message', (questions: readonly Question[]) => {
  parentPort?.postMessage(questions.map(({ json, org }) => reasonAgainst(JSON.parse(json) as SignedEvent, org)));
});

function reasonAgainst(event: SignedEvent, org: string | undefined): string | null {
  const verified = check === undefined ? verifyEvent(event, org) : verifyEvent(event, org, check);
  return verified.type === 'ok' ? null : verified.reason;
}
