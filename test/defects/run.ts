// Applies each seeded defect to a copy of the project and shows which test notices it.
import { type Defect, readDefects } from './defect.ts';
import { Workshop } from './workshop.ts';

const JOBS = 2;

interface Verdict {
  readonly caught: boolean;
  readonly words: string;
}

const wanted = process.argv.slice(2);
const defects = readDefects().filter(({ name }) => wanted.length === 0 || wanted.some((word) => name.includes(word)));
const survivors: string[] = [];

async function judge(workshop: Workshop, { patch, tests }: Defect): Promise<Verdict> {
  try {
    workshop.apply(patch);
  } catch (error) {
    return { caught: false, words: `the patch no longer applies: ${String((error as { stderr?: unknown }).stderr)}` };
  }
  const { failed, broken } = await workshop.run(tests);
  workshop.apply(patch, '--reverse');
  const [first] = failed;
  if (first !== undefined) return { caught: true, words: `"${first}"` };
  return { caught: false, words: broken.length > 0 ? `${broken.join(', ')} cannot be run` : 'no test noticed' };
}

async function work(queue: Defect[], workshop: Workshop): Promise<void> {
  for (let defect = queue.shift(); defect !== undefined; defect = queue.shift()) {
    const started = performance.now();
    const { caught, words } = await judge(workshop, defect);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(
      `${caught ? 'caught' : 'MISSED'}  ${defect.name} (${seconds} s)\n        ${defect.what}\n        ${words}`,
    );
    if (!caught) survivors.push(defect.name);
  }
}

const workshops = Array.from({ length: Math.min(JOBS, defects.length) }, () => new Workshop());
try {
  const tests = [...new Set(defects.flatMap((defect) => defect.tests))];
  console.log(`${defects.length} defects; first their ${tests.length} test files on the code as it is …`);
  const whole = await workshops[0]?.run(tests);
  if (whole === undefined || whole.passed === 0 || whole.failed.length > 0 || whole.broken.length > 0) {
    console.error(`The tests do not pass on the code as it is: ${JSON.stringify(whole)}`);
    process.exitCode = 2;
  } else {
    const queue = [...defects];
    await Promise.all(workshops.map((workshop) => work(queue, workshop)));
    console.log(`${defects.length - survivors.length} caught, ${survivors.length} missed`);
    if (survivors.length > 0) process.exitCode = 1;
  }
} finally {
  for (const workshop of workshops) workshop.remove();
}
