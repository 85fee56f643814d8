/** Caches in memory, as far as the worker uses them. */
export function createCaches(): CacheStorage {
  const held = new Map<string, Map<string, Response>>();
  const cacheOf = (files: Map<string, Response>) => ({
    match: async (path: string) => files.get(path)?.clone(),
    put: async (path: string, response: Response) => void files.set(path, response),
  });
  const caches = {
    open: async (name: string) => {
      const files = held.get(name) ?? new Map<string, Response>();
      held.set(name, files);
      return cacheOf(files);
    },
    match: async (path: string, { cacheName }: { cacheName: string }) => held.get(cacheName)?.get(path)?.clone(),
    keys: async () => [...held.keys()],
    delete: async (name: string) => held.delete(name),
  };
  return caches as unknown as CacheStorage;
}

/** A network with these files; it checks integrity as a browser does, and counts what was asked. */
export function createNetwork(files: Readonly<Record<string, string>>) {
  const asked: string[] = [];
  const fetcher = async (input: RequestInfo | URL, init: RequestInit = {}) => {
    const path = String(input instanceof Request ? new URL(input.url).pathname : input);
    asked.push(path);
    const text = files[path];
    if (text === undefined) throw new TypeError('Failed to fetch');
    if (init.integrity !== undefined && init.integrity !== `sha256-${await hashOf(text)}`) {
      throw new TypeError('integrity does not fit');
    }
    return new Response(text);
  };
  return { fetch: fetcher as typeof fetch, asked };
}

export async function hashOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Buffer.from(digest).toString('base64');
}
