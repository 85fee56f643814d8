import type { Site } from '../../model/site.ts';
import { contentFolder } from '../content/content-folder.ts';
import { readHosting } from '../content/hosting.ts';
import { readPeople } from '../content/people.ts';
import { readSite } from '../content/site.ts';
import { siteVariables } from '../content/site-variables.ts';
import type { HeaderRules } from '../hosting/header-rules.ts';
import { runWithOptions, type Values } from '../options.ts';
import { readOrganisation } from '../organisation/folder.ts';
import { PlainError } from '../plain-error.ts';
import { draftSite } from '../publish/assemble.ts';
import { builtSite } from '../publish/build.ts';
import { diagnose } from './diagnose.ts';
import { type Known, known, unknown } from './facts.ts';
import { isBad } from './finding.ts';
import { gatherFacts, rosterIn } from './gather.ts';
import { realQuestions } from './questions.ts';
import { reportText } from './report.ts';

const USAGE = {
  line: 'lifeboat doctor [options]',
  does: 'Says what would fall together, what is wrong, stale or never tested, and what could not be known. Exit code 1: something must be mended.',
  options: {
    dir: {
      type: 'string',
      value: '<folder>',
      help: 'with organisation.json, content/ and a key',
      default: '.lifeboat',
    },
    relay: { type: 'list', value: '<address>', help: 'ws:// or wss://, may be repeated; else those of site.yaml' },
    site: { type: 'string', value: '<address>', help: 'the address of the page; else url of site.yaml' },
    resolver: { type: 'list', value: '<address>', help: 'ask this DNS resolver (1.2.3.4 or 1.2.3.4:53)' },
    rdap: { type: 'boolean', help: 'ask rdap.org who registered the names: a request to a stranger' },
    json: { type: 'boolean', help: 'print the findings and the facts as one line of JSON' },
  },
} as const;

/** `lifeboat doctor`. Resolves to the exit code; throws PlainError for wrong use. */
export function doctorCommand(args: readonly string[]): Promise<number> {
  return runWithOptions(args, USAGE, run);
}

async function run(values: Values<typeof USAGE.options>): Promise<number> {
  const { dir } = values;
  const { root } = await readOrganisation(dir);
  const content = await contentFolder(process.env, dir);
  const written = await readSite(content, siteVariables(values.relay, values.site));
  const relays = values.relay.length > 0 ? values.relay : written.relays;
  const site: Site = { ...written, relays, url: values.site ?? written.url };
  if (site.url === null && site.relays.length === 0)
    throw new PlainError('Nothing is known to ask: put url and relays into site.yaml, or give --site and --relay.');
  const rules = await rulesOf(site, root);
  const [told, people, roster] = [await readHosting(content), await readPeople(content), await rosterIn(dir)];
  const asking = { root, site, written, told, people, rules, roster };
  const facts = await gatherFacts(asking, realQuestions(values.resolver, values.rdap));
  const findings = diagnose(facts, Date.now());
  process.stdout.write(values.json ? `${JSON.stringify({ findings, facts })}\n` : reportText(findings));
  return findings.some(isBad) ? 1 : 0;
}

/** Only from a site that lies built already: in an outage nobody waits for a builder. */
async function rulesOf(site: Site, root: string): Promise<Known<HeaderRules>> {
  const dist = await builtSite();
  if (dist === null) return unknown('the site of this version is not built here; run "lifeboat build" first.');
  return known((await draftSite(dist, site, root)).rules);
}
