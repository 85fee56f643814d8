import { readOutline } from '../content/site-outline.ts';
import { lastSite } from '../organisation/open.ts';

/** What the files of a member's folder say of the public page. */
export interface OwnSite {
  /** `url` of site.yaml, else where `up` last served it; undefined where neither is known. */
  readonly address: string | undefined;
  /** Ids; null where no site.yaml is at hand. */
  readonly components: readonly string[] | null;
}

export async function ownSite(dir: string): Promise<OwnSite> {
  const served = await lastSite(dir);
  // `up` shows the demo where there is no site.yaml; a folder that it never ran in belongs to another page.
  const outline = await readOutline(dir, served !== undefined);
  return { address: outline?.url ?? served, components: outline?.components ?? null };
}
