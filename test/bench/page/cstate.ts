import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DAY, GROUPS, hoursAgo, idOf, minutes, NAME, OPEN, PAST } from './content.ts';

/** As the example site of cState 6 has them; times in UTC. */
const DATES = { dateFormat: 'January 2, 2006 at 3:04 PM', shortDateFormat: '15:04 — Jan 2', useRelativeTime: true };
const COLOURS = { brand: '#0a0c0f', ok: '#008000', disrupted: '#cc4400', down: '#e60000', notice: '#24478f' };
/** What its usual host, Netlify, says of every file. */
const HEADERS = '/*\n  Cache-Control: public, max-age=0, must-revalidate\n';

/** Writes what cState builds the measured content from: a site of Hugo without the theme. Existing files are replaced. */
export async function writeCstateSite(folder: string): Promise<void> {
  const files = new Map([
    ['config.json', JSON.stringify(config(), null, 2)],
    ['static/_headers', HEADERS],
    ...issues(Date.now()),
  ]);
  for (const [path, text] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

function config(): unknown {
  const systems = GROUPS.flatMap(({ name: category, components }) => components.map((name) => ({ name, category })));
  return {
    title: NAME,
    baseURL: 'https://status.harbor.example/',
    languageCode: 'en',
    defaultContentLanguage: 'en',
    theme: 'cstate',
    buildFuture: true,
    params: {
      categories: GROUPS.map(({ name }) => ({ name })),
      systems,
      ...DATES,
      ...COLOURS,
      description:
        'We continuously monitor the status of our services and if there are any interruptions, a note will be posted here.',
      // All of the content stands on the front page, as on ours.
      incidentPostsPerPage: 1 + PAST.length,
      incidentMaxAgeYears: 6,
      incidentHistoryFormat: 'yearly',
      alwaysKeepBrandColor: true,
      headerTextColor: 'white',
      googleAnalytics: 'UA-00000000-1',
    },
    taxonomies: { affected: 'affected' },
    outputs: {
      page: ['html', 'json'],
      section: ['html', 'json', 'rss'],
      home: ['html', 'json', 'rss', 'svg'],
      term: ['html', 'json', 'rss', 'svg'],
    },
    outputFormats: { svg: { isPlainText: true, mediaType: 'image/svg+xml' } },
  };
}

function issues(now: number): readonly (readonly [string, string])[] {
  const open = OPEN.updates.map(({ hours, status, text }) => ({ at: hoursAgo(hours, now), status, text }));
  const first = { title: OPEN.name, date: utc(open[0]?.at ?? now), resolved: false, affected: OPEN.components };
  const past = PAST.map((incident) => {
    const start = now - incident.days * DAY;
    const end = start + minutes(incident.minutes);
    const title = incident.name;
    const matter = { title, date: utc(start), resolved: true, resolvedWhen: utc(end), affected: [incident.component] };
    return issue(matter, [
      { at: start, status: 'investigating', text: `${title}. We are looking into it.` },
      { at: end, status: 'resolved', text: incident.text },
    ]);
  });
  return [issue(first, open), ...past];
}

interface Said {
  readonly at: number;
  readonly status: string;
  readonly text: string;
}

/** One file of `content/issues`: the newest update first, as cState's own examples. */
function issue(matter: { readonly title: string }, updates: readonly Said[]): readonly [string, string] {
  const said = updates.map(({ at, status, text }) => `*${capital(status)}* - ${text} {{< track "${utc(at)}" >}}\n`);
  const front = JSON.stringify({ ...matter, severity: 'disrupted', section: 'issue' }, null, 2);
  return [`content/issues/${idOf(matter.title)}.md`, `${front}\n\n${said.reverse().join('\n')}`];
}

const utc = (ms: number) => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
