/** How many threads check signatures: what the device has to spare, at least 2, at most 4. */
export function threadCount(): number {
  return Math.min(4, Math.max(2, (navigator.hardwareConcurrency ?? 2) - 1));
}

/**
 * Makes threads of the code at `address`, the only one that the Trusted Types policy lets through. To be called once a page.
 * Throws where the browser makes none.
 */
export function threadMaker(address: string): () => Worker {
  const policy = window.trustedTypes?.createPolicy('lifeboat-verify', {
    createScriptURL: (asked: string) => {
      if (asked === address) return asked;
      throw new TypeError(`${asked} is not the code that checks signatures.`);
    },
  });
  const trusted = (policy?.createScriptURL(address) ?? address) as string;
  return () => new Worker(trusted, { type: 'module', name: 'lifeboat-verify' });
}
