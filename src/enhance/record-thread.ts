// A thread of the browser's that checks one record, so that the page stays free. It fetches nothing: the page reads for it.
import { Unread } from '../log/published/unread.ts';
import { loadCalendars } from './calendars.ts';
import { judgeRecord, type RecordProgress, type RecordVerdict } from './record-check.ts';

/** What the page asks: whose record it must be, and what time it is (Unix ms). */
export interface RecordQuestion {
  readonly root: string;
  readonly now: number;
}

/** What the thread says to its page. */
export type RecordWord =
  /** The file at `path` is wanted, through `answer`. */
  | { readonly type: 'read'; readonly path: string; readonly answer: MessagePort }
  | { readonly type: 'progress'; readonly progress: RecordProgress }
  | { readonly type: 'verdict'; readonly verdict: RecordVerdict }
  | { readonly type: 'failure'; readonly reason: string };

/** Undefined where there is no such file; a word where it could not be read. */
export type FileAnswer = Uint8Array | undefined | Unread['reason'];

loadCalendars();

addEventListener('message', ({ data }: MessageEvent<RecordQuestion>) => void judge(data));

async function judge({ root, now: given }: RecordQuestion): Promise<void> {
  const started = Date.now();
  const now = () => given + (Date.now() - started);
  const onProgress = (progress: RecordProgress) => say({ type: 'progress', progress });
  try {
    say({ type: 'verdict', verdict: await judgeRecord({ root, read: readThroughPage, now, onProgress }) });
  } catch (error) {
    say({ type: 'failure', reason: String(error) });
  }
}

function say(word: RecordWord, transfer: Transferable[] = []): void {
  postMessage(word, { transfer });
}

/** @throws Unread */
async function readThroughPage(path: string): Promise<Uint8Array | undefined> {
  const { port1, port2 } = new MessageChannel();
  const answer = await new Promise<FileAnswer>((settle) => {
    port1.onmessage = ({ data }: MessageEvent<FileAnswer>) => settle(data);
    say({ type: 'read', path, answer: port2 }, [port2]);
  });
  port1.close();
  if (typeof answer === 'string') throw new Unread(path, answer);
  return answer;
}
