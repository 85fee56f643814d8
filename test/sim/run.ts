import { simulate } from './simulate.ts';

console.warn = () => {};
const from = Number(process.env['SEED'] ?? process.argv[2] ?? 0),
  n = Number(process.argv[3] ?? 1);
const t = performance.now();
let bad = 0;
const counts = new Map<string, number>();
for (let seed = from; seed < from + n; seed++) {
  const v = await simulate(seed);
  for (const [k, c] of v.counts) counts.set(k, (counts.get(k) ?? 0) + c);
  if (v.broken.length > 0) {
    bad++;
    console.log(seed, v.digest, v.broken.slice(0, 5));
    if (n === 1) console.log(v.last.join('\n'));
  }
}
console.log(bad, 'bad;', (((process.cpuUsage().user + process.cpuUsage().system) / 1000) / n).toFixed(1), 'ms/seed');
if (process.argv[4]) console.log(Object.fromEntries([...counts].sort()));
