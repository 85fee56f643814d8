// One round of a publisher in a process of its own, to be killed: <folder of the log> <folder of the site>.
import { join } from 'node:path';
import { openLog } from '../../../src/log/log.ts';
import { nodePlatform } from '../../../src/node/platform.ts';
import { buildSite } from '../../../src/node/publish/build.ts';
import { startPublisher } from '../../../src/node/publish/publisher.ts';
import { openSqliteStore } from '../../../src/node/store/sqlite-store.ts';
import { PUBLISHER, root, site } from './harbour.ts';

const [folder = '', out = ''] = process.argv.slice(2);
const store = openSqliteStore(join(folder, 'publisher.db'));
const log = await openLog({ root, relays: [], store, platform: nodePlatform });
log.unlock(PUBLISHER);
const publisher = await startPublisher({ site, log, platform: nodePlatform, dist: await buildSite(), out });
await publisher.close();
await log.close();
