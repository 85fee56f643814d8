// Loaded after the first paint. On a slow telephone one signature takes longer than a finger waits: a thread checks it.
import threadAddress from './check-thread.ts?worker&url';
import type { CheckAnswer, CheckQuestion, Checks } from './checks.ts';
import { inTime } from './in-time.ts';
import { makeThread } from './threads.ts';

/** A thread that says nothing for so long is dead; on a slow network its code alone takes seconds. */
const SILENT_MS = 8_000;

type Settle = (answer: unknown) => void;

interface Waiting {
  readonly question: CheckQuestion;
  readonly settle: Settle;
  readonly fail: (error: unknown) => void;
}

const waiting = new Map<number, Waiting>();
let tickets = 0;
/** Undefined before the first question; null where threads cannot be had: then the page itself checks. */
let thread: Worker | null | undefined;

/** A snapshot of the organisation of `root` that verifies; null of any other text. Rejects where the code cannot be loaded. */
export const verifySnapshot = (text: string, root: string) => check('snapshot', text, root);

/** What of `values` verifies as a roster of the organisation of `root`, and who may publish by it. Rejects as above. */
export const verifyRosters = (values: readonly unknown[], root: string) => check('rosters', values, root);

/** SHA-256 (hex) of the text's UTF-8. Rejects as above. */
export const sha256Hex = (text: string) => check('hash', text);

function check<Name extends keyof Checks>(
  name: Name,
  ...given: Parameters<Checks[Name]>
): Promise<Awaited<ReturnType<Checks[Name]>>> {
  return new Promise((settle, fail) => {
    const question: CheckQuestion = { ticket: ++tickets, name, given };
    const job: Waiting = { question, settle: settle as Settle, fail };
    thread ??= thread === undefined ? startThread() : null;
    if (thread === null) return void checkHere(job);
    waiting.set(question.ticket, job);
    thread.postMessage(question);
    const { ticket } = question;
    setTimeout(() => waiting.has(ticket) && giveUp(), SILENT_MS);
  });
}

function startThread(): Worker | null {
  try {
    const started = makeThread(threadAddress);
    started.onmessage = ({ data }: MessageEvent<CheckAnswer>) => {
      const job = waiting.get(data.ticket);
      waiting.delete(data.ticket);
      if (data.type === 'answer') job?.settle(data.answer);
      else job?.fail(new Error(data.reason));
    };
    started.onerror = giveUp;
    return started;
  } catch (error) {
    console.warn('This browser makes no threads: the page checks signatures itself.', error);
    return null;
  }
}

/** The thread could not be loaded, or died. */
function giveUp(): void {
  thread?.terminate();
  thread = null;
  const jobs = [...waiting.values()];
  waiting.clear();
  for (const job of jobs) void checkHere(job);
}

async function checkHere({ question: { name, given }, settle, fail }: Waiting): Promise<void> {
  try {
    const { checks } = await inTime(import('./checks.ts'));
    settle(await (checks[name] as (...given: readonly unknown[]) => unknown)(...given));
  } catch (error) {
    fail(error);
  }
}
