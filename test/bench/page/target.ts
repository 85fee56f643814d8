import { type Host, startHost } from '../../../src/node/host/host.ts';

/** A page to measure. All folders are served by one and the same host, so that no page has a better server. */
export interface Target {
  readonly name: string;
  /** A folder, or the address of a page that something else serves. */
  readonly where: { readonly folder: string } | { readonly url: string };
  /** Where its overall status stands, and what that looks like: the moment at which a reader knows. */
  readonly selector: string;
  readonly pattern: string;
}

export interface ServedTarget extends Target {
  readonly url: string;
  /** Stops and starts on the same port; what something else serves cannot be stopped. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

export async function serveTarget(target: Target): Promise<ServedTarget> {
  if ('url' in target.where) {
    const cannot = () => Promise.reject(new Error(`${target.name} is served by something else, and goes on.`));
    return { ...target, url: target.where.url, stop: cannot, start: () => Promise.resolve() };
  }
  const { folder } = target.where;
  let host: Host | null = await startHost({ folder, port: 0, host: '127.0.0.1' });
  const { url } = host;
  return {
    ...target,
    url,
    stop: async () => {
      await host?.close();
      host = null;
    },
    start: async () => {
      host ??= await startHost({ folder, port: Number(new URL(url).port), host: '127.0.0.1' });
    },
  };
}

/** `name=folder-or-url::selector::pattern`, as on the command line; undefined where it is not that. */
export function readTarget(text: string): Target | undefined {
  const [, name, place, selector, pattern] = /^([^=]+)=(.+?)::(.+?)::(.+)$/.exec(text) ?? [];
  if (name === undefined || place === undefined || selector === undefined || pattern === undefined) return undefined;
  const where = /^https?:/.test(place) ? { url: place } : { folder: place };
  return { name, where, selector, pattern };
}
