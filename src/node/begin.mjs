#!/usr/bin/env node
// The one file that runs on an old Node (>= 20.19): installs what is missing, then hands over to Node 24.
// An outage tool must start in an outage: when the lock file has not changed, no network is touched.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const stamp = join(root, 'node_modules', '.lifeboat-lock');
const lock = join(root, '.lifeboat-install');
const NODE_MAJOR = 24;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** A lock so old is nobody's, even where its holder's process id has been given to somebody else since. */
const LOCK_LASTS_MS = 15 * 60_000;
// npm's warnings (of packages that Node 24 runs, not this Node) would only worry; its errors are still said.
const INSTALL = [
  'install',
  '--no-save',
  '--include=dev',
  '--include=optional',
  '--no-audit',
  '--no-fund',
  '--loglevel=error',
];

function say(sentence) {
  process.stderr.write(`lifeboat: ${sentence}\n`);
}

function fail(sentence) {
  say(sentence);
  process.exit(2);
}

function lockHash() {
  try {
    return createHash('sha256')
      .update(readFileSync(join(root, 'package-lock.json')))
      .digest('hex');
  } catch {
    return fail(`package-lock.json is missing in ${root}; fetch a whole copy of the repository.`);
  }
}

function installed(hash) {
  return existsSync(stamp) && readFileSync(stamp, 'utf8').trim() === hash;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Takes the install lock; false while another living process holds it. */
function takeLock() {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') {
      if (isAbandoned()) rmSync(lock, { force: true });
      return false;
    }
    // A full disk makes the file and cannot fill it.
    rmSync(lock, { force: true });
    return fail(`cannot write ${lock} (${error.code}); free some space, or make the folder writable.`);
  }
}

/** Whether the lock was left behind. One that is empty and new belongs to a start that is just writing it. */
function isAbandoned() {
  try {
    const age = Date.now() - statSync(lock).mtimeMs;
    const holder = Number(readFileSync(lock, 'utf8'));
    if (holder === 0) return age > 2_000;
    return holder === process.pid || !isAlive(holder) || age > LOCK_LASTS_MS;
  } catch (error) {
    if (error.code === 'ENOENT') return false;
    return fail(`cannot read ${lock} (${error.code}); delete it and start again.`);
  }
}

async function waitForLock(hash) {
  let said = false;
  while (!takeLock()) {
    if (installed(hash)) return false;
    if (!said) say('another start is installing the packages; waiting for it.');
    said = true;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  return true;
}

/** npm beside this Node, so that a bare PATH does not matter; else the one on the PATH. */
function npmCommand() {
  const beside = join(dirname(process.execPath), '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js');
  const known = process.env.npm_execpath?.endsWith('npm-cli.js') ? process.env.npm_execpath : beside;
  return existsSync(known) ? [process.execPath, [known]] : [process.platform === 'win32' ? 'npm.cmd' : 'npm', []];
}

/** Resolves to how a program ended: `well`, `badly`, or `stopped` with this process (Ctrl-C), which waits for it. */
function endOf(program) {
  let stopped = false;
  const stop = (signal) => {
    stopped = true;
    program.kill(signal);
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  return new Promise((resolve) => {
    const end = (well) => {
      for (const signal of SIGNALS) process.removeListener(signal, stop);
      resolve(stopped ? 'stopped' : well ? 'well' : 'badly');
    };
    program.on('error', () => end(false));
    program.on('exit', (code) => end(code === 0));
  });
}

async function install() {
  const hash = lockHash();
  if (installed(hash)) return;
  if (!(await waitForLock(hash))) return;
  const unlock = () => rmSync(lock, { force: true });
  try {
    if (installed(hash)) return;
    say('installing the packages named in package-lock.json (once; about a minute) …');
    const [command, before] = npmCommand();
    const env = { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' };
    // npm's own words go to stderr: stdout belongs to the command.
    const npm = spawn(command, [...before, ...INSTALL], { cwd: root, env, stdio: ['ignore', 2, 2] });
    // npm works on when this process is killed, so the lock is npm's: two of them at once would spoil the folder.
    if (npm.pid !== undefined) writeFileSync(lock, String(npm.pid));
    const how = await endOf(npm);
    if (how !== 'well') {
      unlock();
      if (how === 'stopped') {
        say('stopped while installing the packages; the next start does it.');
        process.exit(130);
      }
      fail(`npm could not install the packages in ${root} (see its words above); mend that and start again.`);
    }
    writeFileSync(stamp, `${hash}\n`);
    say('packages installed.');
  } finally {
    unlock();
  }
}

/** Node 24 or newer: this one, or the one that came as a package. */
function findNode() {
  if (Number(process.versions.node.split('.')[0]) >= NODE_MAJOR) return process.execPath;
  const system = process.platform === 'win32' ? 'win' : process.platform;
  for (const name of [`node-${system}-${process.arch}`, `node-bin-${system}-${process.arch}`]) {
    const path = join(root, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    if (existsSync(path)) return path;
  }
  return fail(
    `this is Node ${process.versions.node}, and no package of Node ${NODE_MAJOR} exists for ${system}-${process.arch}; install Node ${NODE_MAJOR} from nodejs.org.`,
  );
}

/** Programs beside the command line, by the first word; the rest of the words is theirs. */
const PROGRAMS = {
  test: join(root, 'test', 'run.ts'),
  sim: join(root, 'test', 'sim', 'run.ts'),
  bench: join(root, 'test', 'bench', 'run.ts'),
  'bench:page': join(root, 'test', 'bench', 'page', 'run.ts'),
  'test:defects': join(root, 'test', 'defects', 'run.ts'),
};
const COMMAND_LINE = join(root, 'src', 'node', 'cli.ts');

/** npm passes no SIGTERM on to its script: a start whose npm is gone was meant to end with it. */
function endWithNpm(child) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const npm = process.ppid;
  setInterval(() => process.ppid !== npm && child.kill('SIGTERM'), 500).unref();
}

async function begin() {
  await install();
  const [word, ...rest] = process.argv.slice(2);
  const program = Object.hasOwn(PROGRAMS, word ?? '')
    ? [PROGRAMS[word], ...rest]
    : [COMMAND_LINE, ...process.argv.slice(2)];
  const child = spawn(findNode(), ['--disable-warning=ExperimentalWarning', ...program], {
    // The channel tells the child when this process dies, however it dies.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' },
  });
  for (const signal of SIGNALS) process.on(signal, () => child.kill(signal));
  endWithNpm(child);
  child.on('error', (error) => fail(`Node ${NODE_MAJOR} could not be started (${error.message}).`));
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

await begin();
