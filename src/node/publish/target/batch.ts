import { copyFileSync, existsSync, linkSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { PARTS_FOLDER } from '../../../log/published/part-path.ts';
import { API } from '../../../model/api.ts';
import { isPart, type PhaseName, type Written } from '../write-round.ts';
import type { Batch } from './target.ts';

const ORDER: readonly PhaseName[] = ['parts', 'data', 'rest', 'pages', 'snapshot', 'index'];

/** What waits for one target: the files of all rounds since it was last served, each as its newest round left it. */
export interface Waiting {
  /** Takes over what a round wrote. In one go, without giving way: the next round must not begin in the middle. */
  add(written: Written): void;
  /** Takes over everything that is published. */
  addAll(): void;
  /** Whether everything waits. */
  isWhole(): boolean;
  /** These are published no more: they wait no longer. */
  drop(paths: Iterable<string>): void;
  /** The batch to carry now; null where nothing waits. Until it is `done` or put `back`, what comes waits for the next. */
  take(): Batch | null;
  done(): void;
  /** It was not carried whole: it waits again, but for files that have become newer. */
  back(): void;
}

/** `out` is the published folder; `place` a folder of this target alone, on the same disk. */
export function openWaiting(out: string, place: string): Waiting {
  const [next, now] = [join(place, 'next'), join(place, 'now')];
  rmSync(place, { recursive: true, force: true });
  let waiting = new Map<string, PhaseName>();
  let carried = new Map<string, PhaseName>();
  let [waitingWhole, carriedWhole] = [false, false];
  /** Sealed files come from another command; they are named by their content, so a new name is all there is to see. */
  const sealed = new Set<string>();

  function keep(path: string, phase: PhaseName): void {
    const to = join(next, path);
    mkdirSync(dirname(to), { recursive: true });
    rmSync(to, { force: true });
    linkOrCopy(join(out, path), to);
    waiting.set(path, phase);
  }

  function keepSealed(): void {
    for (const path of filesIn(out, 'vault')) {
      if (!sealed.has(path)) keep(path, 'parts');
      sealed.add(path);
    }
  }

  return {
    add: ({ phases }) => {
      keepSealed();
      for (const { name, paths } of phases) for (const path of paths) keep(path, name);
    },
    addAll: () => {
      for (const path of filesIn(out)) keep(path, phaseOf(path));
      keepSealed();
      waitingWhole = true;
    },
    isWhole: () => waitingWhole,
    drop: (paths) => {
      for (const path of paths) {
        carried.delete(path);
        if (waiting.delete(path)) rmSync(join(next, path), { force: true });
      }
    },
    take: () => {
      if (waiting.size === 0) return null;
      rmSync(now, { recursive: true, force: true });
      renameSync(next, now);
      [carried, waiting] = [waiting, new Map()];
      [carriedWhole, waitingWhole] = [waitingWhole, false];
      return { folder: now, phases: inPhases(carried), whole: carriedWhole };
    },
    done: () => {
      rmSync(now, { recursive: true, force: true });
      [carried, carriedWhole] = [new Map(), false];
    },
    back: () => {
      for (const [path, phase] of carried) {
        if (waiting.has(path)) continue;
        mkdirSync(dirname(join(next, path)), { recursive: true });
        renameSync(join(now, path), join(next, path));
        waiting.set(path, phase);
      }
      waitingWhole ||= carriedWhole;
      [carried, carriedWhole] = [new Map(), false];
    },
  };
}

/** Where a file of the assembled site belongs among the files of a round; the worker names shells, so it comes after them. */
function phaseOf(path: string): PhaseName {
  if (path === 'index.html') return 'index';
  if (path === `${API}/snapshot.json` || path === 'sw.js') return 'snapshot';
  if (/^(_astro|vault)\//.test(path) || path.startsWith(`${PARTS_FOLDER}/`)) return 'parts';
  if (isPart(path)) return 'data';
  return path.endsWith('.html') ? 'pages' : 'rest';
}

function inPhases(files: ReadonlyMap<string, PhaseName>): Batch['phases'] {
  return ORDER.map((name) => ({ name, paths: [...files].filter(([, phase]) => phase === name).map(([path]) => path) }));
}

/** Every file of the published folder, or below one folder in it, but drafts and notes of the publisher (dot files). */
function filesIn(out: string, below = '.'): readonly string[] {
  const folder = join(out, below);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(out, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((path) => !path.split('/').some((part) => part.startsWith('.')));
}

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to); // Another disk, or one that knows no links; what else is wrong, copying says.
  }
}
