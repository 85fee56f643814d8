import { headersByPath } from './object-headers.ts';
import { shownRemote } from './remote-name.ts';
import { runRclone } from './run-rclone.ts';
import type { Batch, Target } from './target.ts';

/** What of `rclone backend features` decides how a file gets there whole. */
interface Features {
  readonly hashes: boolean;
  /** Object storage: an upload is there when it is complete, and takes headers with it. */
  readonly objects: boolean;
  /** Where rclone writes into the very file that is being read: write beside it, then rename. */
  readonly inPlace: boolean;
  /** Two files may have one name there: without looking first, a second would be made. */
  readonly duplicates: boolean;
}

/** Beside the site, on the same remote; hosts serve no dot files. */
const DRAFTS = '.draft-lifeboat';
/** Renames at a time, each a run of its own. */
const AT_ONCE = 4;

/** An rclone remote such as `second:status`. */
export function rcloneTarget(remote: string): Target {
  let known: Promise<Features> | undefined;

  function features(signal: AbortSignal): Promise<Features> {
    known ??= askFeatures(remote, signal).catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  }

  return {
    name: shownRemote(remote),
    put: async (batch, signal) => {
      const traits = await features(signal);
      const wanted = batch.whole ? await differing(batch, remote, traits, signal) : null;
      for (const { name, paths } of batch.phases) {
        const rest = wanted === null ? paths : paths.filter((path) => wanted.has(path));
        // What is named by its content is asked for by nobody before a later phase names it.
        if (traits.inPlace && name !== 'parts') await replace(batch.folder, remote, rest, signal);
        else await copy(batch.folder, remote, rest, traits, signal);
      }
    },
    holds: async (paths, signal) => {
      // Asks for these alone, whatever else lies there.
      const args = ['lsf', remote, '--recursive', '--files-only', '--files-from-raw=-', '--no-traverse'];
      // 3: not even the folder is there.
      const { stdout } = await runRclone({ args, remote, stdin: listOf(paths), signal, accept: [0, 3] });
      const found = stdout.split('\n');
      return paths.every((path) => found.includes(path));
    },
    list: async (folders, signal) => {
      const args = ['lsf', remote, '--recursive', '--files-only', ...folders.map((one) => `--include=/${one}/**`)];
      const { stdout } = await runRclone({ args, remote, signal });
      return stdout.split('\n').filter((line) => line !== '');
    },
    remove: async (paths, signal) => {
      await runRclone({ args: ['delete', remote, '--files-from-raw=-'], remote, stdin: listOf(paths), signal });
    },
  };
}

async function askFeatures(remote: string, signal: AbortSignal): Promise<Features> {
  const { stdout } = await runRclone({ args: ['backend', 'features', remote], remote, signal });
  const { Hashes, Features: traits } = JSON.parse(stdout) as {
    readonly Hashes?: readonly string[] | null;
    readonly Features: Readonly<Record<string, boolean>>;
  };
  const objects = traits['BucketBased'] === true;
  // rclone 1.63 and later write beside the file and rename by themselves, and say so.
  const duplicates = traits['DuplicateFiles'] === true;
  const inPlace = !objects && !duplicates && traits['Move'] === true && traits['PartialUploads'] !== true;
  return { hashes: (Hashes ?? []).length > 0, objects, inPlace, duplicates };
}

/** The paths of a whole batch that the remote has not, or has otherwise; where it keeps no hashes, all but the parts. */
async function differing(batch: Batch, remote: string, { hashes }: Features, signal: AbortSignal) {
  const all = batch.phases.flatMap(({ paths }) => paths);
  const compared = hashes ? all : batch.phases.filter(({ name }) => name === 'parts').flatMap(({ paths }) => paths);
  const { stdout } = await runRclone({
    args: ['check', batch.folder, remote, '--files-from-raw=-', '--one-way', '--combined=-'],
    remote,
    stdin: listOf(compared),
    signal,
    // 1: some differ; that it could not look at all shows in that it lists nothing.
    accept: [0, 1],
  });
  const lines = stdout.split('\n').filter((line) => line !== '');
  if (lines.length === 0 && compared.length > 0)
    await runRclone({ args: ['lsf', '--max-depth=1', remote], remote, signal });
  const same = new Set(lines.filter((line) => line.startsWith('= ')).map((line) => line.slice(2)));
  return new Set(all.filter((path) => !same.has(path)));
}

/** Copies all of them, for it is known that these are new. On object storage each kind of file with its headers. */
async function copy(folder: string, remote: string, paths: readonly string[], traits: Features, signal: AbortSignal) {
  const groups = traits.objects ? headersByPath(paths) : [{ headers: [], paths }];
  for (const { headers, paths: alike } of groups) {
    if (alike.length === 0) continue;
    const upload = headers.map((header) => `--header-upload=${header}`);
    const args = [
      'copy',
      folder,
      remote,
      '--files-from-raw=-',
      '--no-traverse',
      traits.duplicates ? '--ignore-times' : '--no-check-dest',
      '--transfers=8',
      ...upload,
    ];
    await runRclone({ args, remote, stdin: listOf(alike), signal });
  }
}

/** Writes beside, then renames over: without `--no-check-dest` rclone would delete what it replaces before. */
async function replace(folder: string, remote: string, paths: readonly string[], signal: AbortSignal) {
  if (paths.length === 0) return;
  const drafts = within(remote, DRAFTS);
  const args = ['copy', folder, drafts, '--files-from-raw=-', '--no-traverse', '--no-check-dest', '--transfers=8'];
  await runRclone({ args, remote, stdin: listOf(paths), signal });
  const waiting = paths.values();
  async function work(): Promise<void> {
    for (const path of waiting) await rename(within(drafts, path), within(remote, path), remote, signal);
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

/**
 * In one step where the remote can put one file in place of another. Where it cannot (WebDAV), rclone removes the old one first:
 * for a moment there is none, but never a half.
 */
async function rename(from: string, to: string, remote: string, signal: AbortSignal): Promise<void> {
  const run = (...more: readonly string[]) => runRclone({ args: ['moveto', from, to, ...more], remote, signal });
  try {
    await run('--no-check-dest');
  } catch {
    await run('--ignore-times'); // If that was not the reason, this says what is.
  }
}

/** `second:` and `second:status` both hold `index.html`, the one at its root. */
function within(remote: string, path: string): string {
  return `${remote}${/[:/]$/.test(remote) ? '' : '/'}${path}`;
}

function listOf(paths: readonly string[]): string {
  return paths.map((path) => `${path}\n`).join('');
}
