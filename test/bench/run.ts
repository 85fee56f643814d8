// Measures what the issue promises, on real processes and sockets, and says whether each floor is met.
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { accepted } from './accepted.ts';
import { fanOut } from './fan-out.ts';
import { type Figure, isMet, type Measurement } from './measurement.ts';
import { negentropy } from './negentropy.ts';
import { publish } from './publish.ts';
import { reconcile } from './reconcile.ts';
import { reconnect } from './reconnect.ts';
import { rehearsal } from './rehearsal.ts';
import { table } from './table.ts';

const MEASUREMENTS: readonly Measurement[] = [accepted, fanOut, rehearsal, reconcile, negentropy, reconnect, publish];

const { values } = parseArgs({ options: { only: { type: 'string' }, json: { type: 'boolean', default: false } } });
const chosen = MEASUREMENTS.filter(({ name }) => values.only === undefined || values.only.split(',').includes(name));
if (chosen.length === 0) {
  console.error(
    `No measurement is called ${values.only}; there are: ${MEASUREMENTS.map(({ name }) => name).join(', ')}.`,
  );
  process.exit(2);
}

const figures: Figure[] = [];
for (const measurement of chosen) {
  console.error(`${measurement.name}: ${measurement.does}`);
  figures.push(...(await measurement.run((sentence) => console.error(`  ${sentence}`))));
}
const [processor] = cpus();
const machine = `${processor?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.version}`;
const on = new Date().toISOString().slice(0, 10);
console.log(values.json ? JSON.stringify({ machine, on, figures }, null, 2) : table(figures, `${machine}, ${on}`));
process.exit(figures.every(isMet) ? 0 : 1);
