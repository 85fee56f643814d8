import type { ReadFile } from '../log/published/read-file.ts';
import { Unread } from '../log/published/unread.ts';
import { inTime } from './in-time.ts';
import type { RecordCheck, RecordVerdict } from './record-check.ts';
import type { FileAnswer, RecordQuestion, RecordWord } from './record-thread.ts';
import threadAddress from './record-thread.ts?worker&url';
import { makeThread } from './threads.ts';

/** A thread that has not said one word for so long is dead. Once it checks, a single step may take long. */
const SILENT_MS = 10_000;

/**
 * Checks a record in a thread of its own; where a browser makes none, or it dies, on the page. Rejects where the code cannot be
 * loaded in time, and once `signal` says that nobody wants it any more: then its work ends.
 */
export async function verifyRecord(check: RecordCheck, signal: AbortSignal): Promise<RecordVerdict> {
  try {
    return await verifyInThread(check, signal);
  } catch (error) {
    signal.throwIfAborted();
    console.warn('No thread checks the record: the page does it itself.', error);
    const { judgeRecord } = await inTime(import('./record-check.ts'));
    return judgeRecord(whileWanted(check, signal));
  }
}

async function verifyInThread(
  { root, read, now, onProgress }: RecordCheck,
  signal: AbortSignal,
): Promise<RecordVerdict> {
  const thread = makeThread(threadAddress);
  try {
    return await new Promise((settle, fail) => {
      const silence = setTimeout(() => fail(new Error('It says nothing.')), SILENT_MS);
      thread.onmessage = ({ data }: MessageEvent<RecordWord>) => {
        clearTimeout(silence);
        if (data.type === 'read') readFor(data.answer, read, data.path).catch(fail);
        else if (data.type === 'progress') onProgress(data.progress);
        else if (data.type === 'verdict') settle(data.verdict);
        else fail(new Error(data.reason));
      };
      thread.onerror = () => fail(new Error('It could not be loaded, or died.'));
      signal.addEventListener('abort', () => fail(signal.reason));
      thread.postMessage({ root, now: now() } satisfies RecordQuestion);
    });
  } finally {
    thread.terminate();
  }
}

async function readFor(answer: MessagePort, read: ReadFile, path: string): Promise<void> {
  const file: FileAnswer = await read(path).catch((error: unknown) => {
    if (error instanceof Unread) return error.reason;
    throw error;
  });
  answer.postMessage(file, file instanceof Uint8Array ? [file.buffer as ArrayBuffer] : []);
}

/** On the page no check can be ended from outside: the next word that nobody wants ends it. */
function whileWanted({ read, onProgress, ...check }: RecordCheck, signal: AbortSignal): RecordCheck {
  return {
    ...check,
    read: async (path) => {
      signal.throwIfAborted();
      return read(path);
    },
    onProgress: (progress) => {
      signal.throwIfAborted();
      onProgress(progress);
    },
  };
}
