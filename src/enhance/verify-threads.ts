import type { VerifyThread } from '../log/verify-pool.ts';
import workerAddress from '../log/verify-worker.ts?worker&url';

/** How many threads check signatures: what the device has to spare, at least 2, at most 4. */
export function threadCount(): number {
  return Math.min(4, Math.max(2, (navigator.hardwareConcurrency ?? 2) - 1));
}

/** Makes threads from the one address that the Trusted Types policy lets through. Throws where the browser makes none. */
export function threadMaker(): () => VerifyThread {
  const policy = window.trustedTypes?.createPolicy('lifeboat-verify', {
    createScriptURL: (address: string) => {
      if (address === workerAddress) return address;
      throw new TypeError(`${address} is not the code that checks signatures.`);
    },
  });
  const address = (policy?.createScriptURL(workerAddress) ?? workerAddress) as string;
  return () => new Worker(address, { type: 'module', name: 'lifeboat-verify' });
}
