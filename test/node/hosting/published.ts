import { access, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { nodePlatform } from '../../../src/node/platform.ts';
import { draftSite } from '../../../src/node/publish/assemble.ts';
import { buildSite } from '../../../src/node/publish/build.ts';
import { startPublisher } from '../../../src/node/publish/publisher.ts';
import { openHarbour, site } from '../publish/harbour.ts';

/** Stand-ins for what an organisation may leave out, and what no host may show. */
const BESIDE: Readonly<Record<string, string>> = {
  '.draft-1-1': 'half',
  'api/.draft-1-2': 'half',
  '.unused.json': '{}',
  'vault/0f0f': 'sealed',
  'history.atom': '<feed/>',
  'history.rss': '<rss/>',
  'calendar.ics': 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n',
  'badge.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
};

/** A published folder as readers get it, its rules, and what removes it. */
export async function publishedFolder() {
  const harbour = await openHarbour();
  await harbour.pulse();
  await harbour.post('investigating', 'Cards are failing.');
  const dist = await buildSite();
  const publisher = await startPublisher({ site, log: harbour.log, platform: nodePlatform, dist, out: harbour.out });
  await publisher.close();
  for (const [path, text] of Object.entries(BESIDE)) {
    const file = join(harbour.out, path);
    const there = await access(file).then(
      () => true,
      () => false,
    ); // Not there: this organisation leaves it out.
    if (there) continue;
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  const { rules } = await draftSite(dist, site, harbour.log.root);
  return { folder: harbour.out, rules, close: harbour.close };
}
