import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';
import { unpackBrowser } from './unpack.ts';

export interface FoundBrowser {
  readonly path: string;
  readonly version: string;
  /** Where it came from, for the log. */
  readonly origin: string;
  readonly env: Readonly<Record<string, string>>;
}

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];
// Without these, Chromium looks up its maker's hosts at every start; the sandbox does not run as root.
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** An installed browser (CHROMIUM, then the usual paths), else the one that the registry carries, unpacked once. */
export async function findBrowser(): Promise<FoundBrowser> {
  const named = process.env['CHROMIUM'];
  const path = named ?? INSTALLED.find((candidate) => existsSync(candidate));
  if (path !== undefined) return { path, version: versionOf(path, {}), origin: path, env: {} };
  const unpacked = await unpackBrowser();
  return { ...unpacked, version: versionOf(unpacked.path, unpacked.env), origin: 'package @sparticuz/chromium' };
}

/** A fresh browser without a profile on disk. */
export async function launchChromium(args: readonly string[] = []): Promise<Browser> {
  const { path, env } = await findBrowser();
  return chromium.launch({ executablePath: path, args: [...ARGS, ...args], env: environment(env) });
}

/** A browser on a profile folder, which outlives it: what a person's own browser is. */
export async function launchProfile(
  folder: string,
  options: Parameters<typeof chromium.launchPersistentContext>[1] = {},
): Promise<BrowserContext> {
  const { path, env } = await findBrowser();
  return chromium.launchPersistentContext(folder, {
    executablePath: path,
    args: ARGS,
    env: environment(env),
    ...options,
  });
}

function environment(extra: Readonly<Record<string, string>>): Record<string, string> {
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { ...Object.fromEntries(inherited), ...extra };
}

function versionOf(path: string, env: Readonly<Record<string, string>>): string {
  const inherited = environment(env);
  return execFileSync(path, ['--version', '--no-sandbox'], { env: inherited, encoding: 'utf8', stdio: 'pipe' }).trim();
}
