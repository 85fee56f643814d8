/** How many threads check signatures: what the device has to spare, at least 2, at most 4. */
export function threadCount(): number {
  return Math.min(4, Math.max(2, (navigator.hardwareConcurrency ?? 2) - 1));
}

/** The code that threads may run. */
const addresses = new Set<string>();
/** One for all of a page's threads, as its CSP allows it. Within a thread no CSP asks for one. */
let policy: Pick<TrustedTypePolicy, 'createScriptURL'> | undefined;

/** A thread of the code at `address`; the Trusted Types policy lets no other code through. Throws where the browser makes none. */
export function makeThread(address: string): Worker {
  addresses.add(address);
  policy ??= self.trustedTypes?.createPolicy('lifeboat-verify', {
    createScriptURL: (asked: string) => {
      if (addresses.has(asked)) return asked;
      throw new TypeError(`${asked} is not code of a thread.`);
    },
  });
  const trusted = (policy?.createScriptURL(address) ?? address) as string;
  return new Worker(trusted, { type: 'module', name: 'lifeboat-verify' });
}
