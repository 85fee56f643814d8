import { type SignatureCheck, type Verified, verifyEvent } from '../log/event.ts';

/**
 * `verifyEvent` with libsecp256k1 as WASM, about five times as fast as noble in Node; an optional dependency, so noble
 * does it where that is absent.
 */
export async function fastVerify(): Promise<(value: unknown, org?: string) => Verified> {
  const isSigned = await fastCheck();
  return isSigned === undefined ? verifyEvent : (value, org) => verifyEvent(value, org, isSigned);
}

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
