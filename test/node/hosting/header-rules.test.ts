import { CspEvaluator } from 'csp_evaluator';
import { CspParser } from 'csp_evaluator/dist/parser.js';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseHeaderRules } from '../../../src/node/host/rules.ts';
import { covers, type HeaderRules, headerRules, headersOf } from '../../../src/node/hosting/header-rules.ts';
import { headersFile, LIMITS } from '../../../src/node/hosting/underscore-files.ts';
import { draftSite } from '../../../src/node/publish/assemble.ts';
import { buildSite } from '../../../src/node/publish/build.ts';
import { site } from '../publish/harbour.ts';

const PLACES = { relays: ['wss://relay.example.net'], mirrors: ['https://status.example.org'] };
const PAGES = new Map([
  ['index.html', '<style>a{}</style>'],
  ['history/index.html', '<script>let a</script>'],
  ['embed/index.html', ''],
  ['shell/status/index.html', ''],
  ['shell/embed/index.html', ''],
  ['bridge/index.html', ''],
  ['404.html', ''],
  ['icon.svg', '<svg/>'],
]);
const policyOf = (rules: HeaderRules, path: string) => headersOf(rules, path)['Content-Security-Policy'] ?? '';
/** HIGH, SYNTAX and MEDIUM in csp_evaluator's numbers; higher numbers are milder. */
const MEDIUM = 30;

describe('the header rules', () => {
  const rules = headerRules(PLACES, PAGES);

  test('give no path the same header twice, for hosts differ in what they make of that', () => {
    const paths = rules.rules.flatMap((rule) => rule.paths);
    for (const path of paths) {
      const stem = path.replace('*', 'x');
      expect([path, paths.filter((other) => covers(other, stem))]).toEqual([path, [path]]);
    }
    const everywhere = Object.keys(rules.everywhere);
    expect(
      rules.rules.flatMap(({ headers }) => Object.keys(headers).filter((name) => everywhere.includes(name))),
    ).toEqual([]);
  });

  test('let a page run its own scripts and nothing else, and speak to the relays and mirrors alone', () => {
    expect(policyOf(rules, '/')).toMatch(/script-src 'self';.*style-src 'self' 'sha256-[^']+'/);
    expect(policyOf(rules, '/history/2026-11/')).toMatch(/script-src 'self' 'sha256-[^']+';.*style-src 'self';/);
    for (const path of ['/', '/history/']) {
      expect(policyOf(rules, path)).toContain("require-trusted-types-for 'script'");
      expect(policyOf(rules, path)).toContain(
        "connect-src 'self' wss://relay.example.net https://relay.example.net https://status.example.org;",
      );
    }
  });

  test('let the embedded banner alone be framed, and the bridge alone use the camera', () => {
    const framed = [...PAGES.keys()].filter((path) => policyOf(rules, `/${path}`).includes('frame-ancestors *'));
    // The worker answers with the shell in the banner's place, headers and all.
    expect(framed).toEqual(['embed/index.html', 'shell/embed/index.html']);
    expect(headersOf(rules, '/shell/embed/')).toEqual(headersOf(rules, '/embed/'));
    expect(policyOf(rules, '/shell/status/')).toContain("frame-ancestors 'none'");
    const camera = [...PAGES.keys()].filter((path) =>
      headersOf(rules, `/${path}`)['Permissions-Policy']?.includes('camera=(self)'),
    );
    expect(camera).toEqual(['bridge/index.html']);
  });

  test('share data with every origin and nothing else, and keep for ever only what never changes', () => {
    for (const path of ['/api/v2/summary.json', '/api/nothing', '/log/public.jsonl', '/history.atom', '/badge.svg'])
      expect([path, headersOf(rules, path)['Access-Control-Allow-Origin']]).toEqual([path, '*']);
    for (const path of ['/', '/sw.js', '/vault/a', '/unknown'])
      expect([path, headersOf(rules, path)['Access-Control-Allow-Origin']]).toEqual([path, undefined]);
    for (const path of ['/_astro/a.js', '/vault/a'])
      expect(headersOf(rules, path)['Cache-Control']).toContain('immutable');
    // A part never changes, but may be purged.
    for (const path of ['/', '/sw.js', '/api/a.json', '/api/lifeboat/v1/parts/0f.json', '/unknown'])
      expect([path, headersOf(rules, path)['Cache-Control']]).toEqual([path, 'no-cache']);
  });

  test('stay within what Cloudflare Pages reads, however many relays there are', () => {
    const relays = Array.from({ length: 60 }, (_, n) => `wss://relay-${n}.a-rather-long-name.example.net`);
    for (const places of [PLACES, { ...PLACES, relays }]) {
      const lines = headersFile(headerRules(places, PAGES)).split('\n');
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(LIMITS.line);
      expect(lines.filter((line) => line.startsWith('/')).length).toBeLessThan(LIMITS.rules);
    }
    expect(policyOf(headerRules({ ...PLACES, relays }, PAGES), '/')).toContain("connect-src 'self' wss: https:;");
  });

  test('are read back from _headers as they were', () => {
    const read = parseHeaderRules(headersFile(rules));
    for (const path of ['/', '/history/2026-11/', '/embed/', '/sw.js', '/_astro/a.js', '/404.html', '/icon.svg'])
      expect([path, read(path)]).toEqual([path, headersOf(rules, path)]);
    expect(read('/api/v2/x.json')['Content-Type']).toBe('application/json; charset=utf-8');
    expect(read('/nothing')).toEqual(rules.everywhere);
  });
});

describe('the policies of the built site', () => {
  let policies: readonly string[];
  beforeAll(async () => {
    const { rules, files, templates } = await draftSite(await buildSite(), { ...site, ...PLACES }, 'ab'.repeat(32));
    const pages = [
      ...Object.values(templates),
      ...[...files].filter(([path]) => path.endsWith('.html')).map(([, data]) => String(data)),
    ];
    const metas = pages.map((html) => /http-equiv="content-security-policy" content="([^"]*)"/.exec(html)?.[1] ?? '');
    expect(metas).not.toContain('');
    policies = [...new Set([...rules.rules.map(({ headers }) => headers['Content-Security-Policy'] ?? ''), ...metas])];
  });

  test('satisfy csp_evaluator: nothing of medium severity or worse', () => {
    expect(policies.length).toBeGreaterThan(5);
    for (const policy of policies) {
      const findings = new CspEvaluator(new CspParser(policy).csp).evaluate();
      expect([policy, findings.filter(({ severity }) => severity <= MEDIUM).map((one) => one.description)]).toEqual([
        policy,
        [],
      ]);
    }
  });

  test('would be told apart from a weak one', () => {
    const weak = "default-src 'self'; script-src 'self' 'unsafe-inline'; base-uri 'self'";
    const findings = new CspEvaluator(new CspParser(weak).csp).evaluate();
    expect(findings.some(({ severity }) => severity <= MEDIUM)).toBe(true);
  });
});
