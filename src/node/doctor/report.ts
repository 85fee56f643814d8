import { type Finding, type Group, isBad } from './finding.ts';

const TITLES: Readonly<Record<Group, string>> = {
  together: 'Would fall together',
  wrong: 'Not as it must be',
  stale: 'Stale',
  untested: 'Never tested',
  limited: 'As good as the host can do',
  unknown: 'Could not be known, which is not the same as fine',
};

/** The findings in plain words, worst first, and what follows from them in the last line. */
export function reportText(findings: readonly Finding[]): string {
  const groups = (Object.keys(TITLES) as Group[]).flatMap((group) => {
    const own = findings.filter((finding) => finding.group === group);
    return own.length === 0 ? [] : [TITLES[group], ...own.map(({ sentence }) => `  ${sentence}`), ''];
  });
  return [...groups, lastLine(findings), ''].join('\n');
}

function lastLine(findings: readonly Finding[]): string {
  const bad = findings.filter(isBad).length;
  const open = findings.filter(({ group }) => group === 'unknown').length;
  const rest = open === 0 ? '' : ` ${things(open)} could not be known.`;
  return `${bad === 0 ? 'Nothing was found that must be mended.' : `${things(bad)} must be mended.`}${rest}`;
}

function things(count: number): string {
  return count === 1 ? 'One thing' : `${count} things`;
}
