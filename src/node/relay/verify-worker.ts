import { parentPort } from 'node:worker_threads';
import { type SignatureCheck, type Verified, verifyEvent } from '../../log/event.ts';
import type { SignedEvent } from '../../model/event.ts';
import type { Job, Verdict } from './verifier.ts';

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
parentPort?.on('message', (jobs: readonly Job[]) => {
  const verdicts = jobs.map(({ ticket, event, org }): Verdict => ({ ticket, verified: verify(event, org) }));
  parentPort?.postMessage(verdicts);
});

function verify(event: SignedEvent, org: string | undefined): Verified {
  return check === undefined ? verifyEvent(event, org) : verifyEvent(event, org, check);
}
