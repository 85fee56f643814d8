import { createHash } from 'node:crypto';
import type { Site } from '../../model/site.ts';

/** What may be contacted besides the own origin: the operator's mirrors and relays, and where browsers subscribe. */
export type Origins = Pick<Site, 'relays' | 'mirrors' | 'notify'>;

/** Origins for connect-src: each relay for its socket and for its HTTP answers, each mirror, the desk of web push. */
export function connectSources({ relays, mirrors, notify }: Origins): readonly string[] {
  const sockets = relays.map((relay) => new URL(relay).origin.replace(/^http/, 'ws'));
  const others = [...mirrors, ...(notify?.push == null ? [] : [notify.push.address])];
  const sources = [...sockets, ...relays.map(relayHttpOrigin), ...others.map((address) => new URL(address).origin)];
  return [...new Set(sources)];
}

/** A relay answers HTTP where it answers WebSocket: ws://host → http://host. */
function relayHttpOrigin(relay: string): string {
  return new URL(relay.replace(/^ws/, 'http')).origin;
}

interface Hashes {
  readonly scripts: readonly string[];
  readonly styles: readonly string[];
}

/** Hashes of the inline scripts and styles of a page that our own build wrote. */
export function inlineHashes(html: string): Hashes {
  const scripts = [...html.matchAll(/<script(?![^>]*\bsrc=)(?![^>]*application\/json)[^>]*>([\s\S]*?)<\/script>/g)];
  const styles = [...html.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)];
  return { scripts: scripts.map(([, code]) => hash(code)), styles: styles.map(([, code]) => hash(code)) };
}

function hash(code: string | undefined): string {
  return `'sha256-${createHash('sha256')
    .update(code ?? '')
    .digest('base64')}'`;
}

/** The content security policy of a page: nothing but itself, its hashes and the sources that it may connect to. */
export function pagePolicy({ scripts, styles }: Hashes, connect: readonly string[]): string {
  return [
    "default-src 'none'",
    `script-src ${["'self'", ...scripts].join(' ')}`,
    `style-src ${["'self'", ...styles].join(' ')}`,
    `connect-src ${["'self'", ...connect].join(' ')}`,
    "img-src 'self' data:",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "require-trusted-types-for 'script'",
    'trusted-types lifeboat-sw lifeboat-verify',
  ].join('; ');
}
