/**
 * Resolves when this process is asked to end: Ctrl-C, SIGTERM (which cli.ts also sends when the launcher dies), a closed
 * terminal. A second request while stopping is the impatience of a person, and is obeyed at once.
 */
export function stopped(): Promise<void> {
  return new Promise((resolve) => {
    let since: number | undefined;
    const stop = () => {
      // The terminal sends Ctrl-C to the whole group and the launcher passes it on: within a second it is one request.
      if (since !== undefined && performance.now() - since > 1_000) process.exit(130);
      since ??= performance.now();
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  });
}
