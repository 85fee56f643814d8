// Measures what a reader of the public page waits for, beside other pages, in one run and served by one host.
import { existsSync } from 'node:fs';
import { readdir, utimes } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { isMet } from '../measurement.ts';
import { table } from '../table.ts';
import { writeCstateSite } from './cstate.ts';
import { figuresOf } from './figures.ts';
import { judged } from './judged.ts';
import { publishContent } from './published.ts';
import { rounds } from './rounds.ts';
import { readTarget, serveTarget, type Target } from './target.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    add: { type: 'string', multiple: true, default: [] },
    cstate: { type: 'string' },
    judge: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const NAMES = { ours: 'Lifeboat', control: 'control', rival: 'cState' } as const;
const RENEW_MS = 240_000;

if (values.cstate !== undefined) {
  await writeCstateSite(values.cstate);
  process.exit(0);
}
const count = Number(values.runs);
if (!Number.isSafeInteger(count) || count < 1) wrongUse(`--runs must be a whole number from 1, not "${values.runs}".`);
const added = values.add.map(
  (text) => readTarget(text) ?? wrongUse(`--add must be name=<folder or url>::<selector>::<pattern>, not "${text}".`),
);
for (const { name, where } of added)
  if ('folder' in where && !existsSync(where.folder)) wrongUse(`--add ${name}: there is no folder ${where.folder}.`);

const controlFolder = fileURLToPath(new URL('../control', import.meta.url));
const content = await publishContent();
const ours: Target = {
  name: NAMES.ours,
  where: { folder: content.folder },
  selector: '[role=status] .answer',
  pattern: 'degraded|outage|operational',
};
const control: Target = {
  name: NAMES.control,
  where: { folder: controlFolder },
  selector: '[data-overall-status]',
  pattern: 'outage',
};
// As on any static host: without word on caching, a browser trusts what has long been the same.
await makeOld(controlFolder);
const targets = await Promise.all([ours, control, ...added].map(serveTarget));
let renewed = Date.now();
const samples = await rounds(
  targets,
  count,
  async () => {
    if (Date.now() - renewed < RENEW_MS) return;
    renewed = Date.now();
    await content.renew();
  },
  (sentence) => console.error(sentence),
);
const judgements = values.judge ? await judged(targets[0]?.url ?? '', (sentence) => console.error(sentence)) : [];
for (const target of targets) if ('folder' in target.where) await target.stop();
await content.close();

if (!samples.has(NAMES.rival))
  console.error(
    `${NAMES.rival} was not measured: build it (test/bench/README.md) and name it with --add ${NAMES.rival}=…`,
  );
const figures = [...figuresOf(samples, NAMES), ...judgements];
const machine = `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.version}`;
const on = new Date().toISOString().slice(0, 10);
console.log(values.json ? JSON.stringify({ machine, on, figures }, null, 2) : table(figures, `${machine}, ${on}`));
process.exit(figures.every(isMet) ? 0 : 1);

async function makeOld(folder: string): Promise<void> {
  const [year, files] = [365 * 86_400, await readdir(folder)];
  const then = Date.now() / 1000 - year;
  await Promise.all(files.map((name) => utimes(join(folder, name), then, then)));
}

function wrongUse(sentence: string): never {
  console.error(sentence);
  process.exit(2);
}
