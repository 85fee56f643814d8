import { atom } from 'nanostores';
import type { PublicPage } from '../model/snapshot.ts';

/** A supplier that the page may name while locked. */
export interface SiteVendorName {
  readonly id: string;
  readonly name: string;
  readonly lifeline: 'chat' | 'observability' | null;
}

/** What the assembled page says about its organisation, in `<script type="application/json" id="site">`. */
export interface SiteFacts {
  /** Root public key, 64 hex digits. */
  readonly root: string;
  readonly relays: readonly string[];
  readonly mirrors: readonly string[];
  readonly page: PublicPage | null;
  readonly vendors: readonly SiteVendorName[];
}

/** Null until the page is known, and on a page that was built but never assembled. */
export const $site = atom<SiteFacts | null>(null);

/** Reads the page's JSON; null when it holds no root key. */
export function parseSite(text: string | null | undefined): SiteFacts | null {
  let value: Partial<SiteFacts> | null;
  try {
    value = JSON.parse(text ?? 'null');
  } catch {
    return null; // A page that was built but not assembled has no such data.
  }
  if (value === null || typeof value !== 'object' || !/^[0-9a-f]{64}$/.test(value.root ?? '')) return null;
  return {
    root: value.root ?? '',
    relays: value.relays ?? [],
    mirrors: value.mirrors ?? [],
    page: value.page ?? null,
    vendors: value.vendors ?? [],
  };
}
